"""Files that hold files: archives, and mails with what is attached to them.

Holds ``members`` (what stands in a container, as sources of their own, within limits), the ``contract`` of containers
and a module for each kind: ``zip_archive``, ``tar_archive``, ``mail``. Never what stands in a member, and never a file
written to a disk: members are read in memory. To add a kind, give it a class that fits ``contract.Container`` and a
line in ``members``.
"""
