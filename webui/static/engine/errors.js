// No twin: Python raises exceptions, of which the API makes this envelope.
// What can go wrong, as the envelope of the API: {error: {code, message, hint}}.

export class SearchError extends Error {
  constructor(code, message, hint) {
    super(message);
    Object.assign(this, { code, hint });
  }

  envelope() {
    return { error: { code: this.code, message: this.message, hint: this.hint } };
  }
}

export const badParameter = (message, hint) => new SearchError("bad_parameter", message, hint);
