import { LATENCY_BUCKETS_SECONDS, type RouteFigures, type RouteSum } from './route-figures.ts';

export type Gauge = { readonly name: string; readonly help: string; readonly read: () => number };

/** Requests by route and status with a latency histogram for each route, and gauges read when asked, as Prometheus text. */
export class Metrics {
  readonly #labels: readonly string[];
  readonly #figures: RouteFigures;
  readonly #gauges: Gauge[] = [];

  /** `labels`: one for each route; `observe` names them by their place in it. */
  constructor(labels: readonly string[], figures: RouteFigures) {
    this.#labels = labels;
    this.#figures = figures;
  }

  observe(route: number, status: number, seconds: number): void {
    this.#figures.observe(route, status, seconds);
  }

  gauge(gauge: Gauge): void {
    this.#gauges.push(gauge);
  }

  /** Text of the Prometheus exposition format 0.0.4. */
  text(): string {
    const used = this.#labels.map((label, route) => ({ label, ...this.#figures.sumOf(route) })).filter(isUsed);
    return [
      '# HELP aerolith_http_requests_total Answers of the HTTP door.',
      '# TYPE aerolith_http_requests_total counter',
      ...used.flatMap(countLines),
      '# HELP aerolith_http_request_seconds Time from the last byte of a request to its answer.',
      '# TYPE aerolith_http_request_seconds histogram',
      ...used.flatMap(latencyLines),
      ...this.#gauges.flatMap(({ name, help, read }) => [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${read()}`]),
      '',
    ].join('\n');
  }
}

type LabelledSum = RouteSum & { readonly label: string };

function isUsed({ statuses }: LabelledSum): boolean {
  return statuses.length > 0;
}

function countLines({ label, statuses }: LabelledSum): string[] {
  return statuses.map(([status, count]) => `aerolith_http_requests_total{route="${label}",status="${status}"} ${count}`);
}

function latencyLines({ label, buckets, seconds }: LabelledSum): string[] {
  const name = 'aerolith_http_request_seconds';
  let below = 0;
  const lines = buckets.map((count, place) => {
    below += count;
    return `${name}_bucket{route="${label}",le="${LATENCY_BUCKETS_SECONDS[place] ?? '+Inf'}"} ${below}`;
  });
  return [...lines, `${name}_sum{route="${label}"} ${seconds}`, `${name}_count{route="${label}"} ${below}`];
}
