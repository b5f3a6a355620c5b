/** A refusal with its status: what failed, the value, what to do. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly value: string;
  readonly remedy: string;
  readonly headers: Record<string, string> = {};

  constructor(status: number, error: string, value: string, remedy: string, cause?: unknown) {
    super(error, { cause });
    this.name = 'HttpProblem';
    this.status = status;
    this.value = value;
    this.remedy = remedy;
  }

  retryAfter(seconds: number): this {
    this.headers['Retry-After'] = String(seconds);
    return this;
  }
}
