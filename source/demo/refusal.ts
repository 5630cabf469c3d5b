// An answer that says no: thrown anywhere below a route, written by http.ts as docker's `{"message": …}`.

export class Refusal extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.status = status;
	}
}

export const refuse = (status: number, message: string): never => {
	throw new Refusal(status, message);
};
