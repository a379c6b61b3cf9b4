import { Histogram, LATENCY_BUCKETS_SECONDS } from './histogram.ts';

export type Gauge = { readonly name: string; readonly help: string; readonly read: () => number };

/** Requests by route and status with a latency histogram for each route, and gauges read when asked, as Prometheus text. */
export class Metrics {
  readonly #routes: readonly RouteFigures[];
  readonly #gauges: Gauge[] = [];

  /** `routes`: a label for each route; `observe` names them by their place in it. */
  constructor(routes: readonly string[]) {
    this.#routes = routes.map((label) => new RouteFigures(label));
  }

  observe(route: number, status: number, seconds: number): void {
    this.#routes[route]?.observe(status, seconds);
  }

  gauge(gauge: Gauge): void {
    this.#gauges.push(gauge);
  }

  /** Text of the Prometheus exposition format 0.0.4. */
  text(): string {
    const used = this.#routes.filter((route) => route.isUsed());
    return [
      '# HELP aerolith_http_requests_total Answers of the HTTP door.',
      '# TYPE aerolith_http_requests_total counter',
      ...used.flatMap((route) => route.countLines()),
      '# HELP aerolith_http_request_seconds Time from the last byte of a request to its answer.',
      '# TYPE aerolith_http_request_seconds histogram',
      ...used.flatMap((route) => route.latency.lines('aerolith_http_request_seconds', `route="${route.label}"`)),
      ...this.#gauges.flatMap(({ name, help, read }) => [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${read()}`]),
      '',
    ].join('\n');
  }
}

class RouteFigures {
  readonly label: string;
  readonly latency = new Histogram(LATENCY_BUCKETS_SECONDS);
  readonly #counts = new Map<number, number>();

  constructor(label: string) {
    this.label = label;
  }

  observe(status: number, seconds: number): void {
    this.#counts.set(status, (this.#counts.get(status) ?? 0) + 1);
    this.latency.observe(seconds);
  }

  isUsed(): boolean {
    return this.#counts.size > 0;
  }

  countLines(): string[] {
    return [...this.#counts].map(
      ([status, count]) => `aerolith_http_requests_total{route="${this.label}",status="${status}"} ${count}`,
    );
  }
}
