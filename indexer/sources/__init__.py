"""Where documents come from: paths that were given → files to read.

Holds ``discover`` (which files), ``roots`` (which folder the beginning of a path stands for), ``filenames`` (bytes →
names), ``containers`` (archives and mails, which hold files), ``originals`` (the file of a document, later),
``metadata`` (what folders say about their files) and ``site`` (which files of a built site are pages, and where).
Never a format: what stands in a file is for ``documents``. To add a source of another kind (a mailbox), give it a
module here that yields a ``SourceFile`` for each document.
"""
