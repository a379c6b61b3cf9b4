import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Engine } from '@aerolithdb/engine';
import { AnnouncedMachine, SingleLog } from '@aerolithdb/log';
import type { AerolithError, Command } from '@aerolithdb/protocol';
import { checkedMachine } from './checked-machine.ts';
import { packEnds, unpackCommands, type WireEnd } from './command-packing.ts';
import { fromWire, toWire } from './wire-error.ts';
import type { FromWriter, ToWriter, WriterSetup } from './writer-messages.ts';

/** Program of the writer's thread: the engine, driven by the log. Nothing else writes the file. */

/** Ends of commands that no block holds. They wait to cross together. */
class Failures {
  readonly #port: MessagePort;
  #numbers: number[] = [];
  #ends: WireEnd[] = [];

  constructor(port: MessagePort) {
    this.#port = port;
  }

  add(number: number, error: AerolithError): void {
    this.#numbers.push(number);
    this.#ends.push({ failed: toWire(error) });
  }

  send(): void {
    if (this.#numbers.length === 0) return;
    post(this.#port, { kind: 'ends', numbers: this.#numbers, ends: packEnds(this.#ends) });
    this.#numbers = [];
    this.#ends = [];
  }
}

function post(port: MessagePort, message: FromWriter): void {
  port.postMessage(message);
}

function serve(port: MessagePort, { folder, engine: options }: WriterSetup): void {
  const engine = Engine.open(folder, options);
  const numbers = new Map<Command, number>();
  const failures = new Failures(port);
  const machine = new AnnouncedMachine(checkedMachine(engine), (commands, outcomes, head) => {
    const ends = packEnds(outcomes);
    const synced = engine.committed();
    post(port, { kind: 'block', numbers: commands.map((command) => numbers.get(command)!), ends, head, synced });
  });
  const log = new SingleLog({
    machine,
    now: Date.now,
    schedule: (run) => {
      setImmediate(() => {
        run();
        failures.send();
      });
    },
    // The client at the other end of the port holds the bound, since what waits in the port must count too.
    waitingCommandsMax: Number.MAX_SAFE_INTEGER,
    waitingBytesMax: Number.MAX_SAFE_INTEGER,
    onFailure: (error) => post(port, { kind: 'failed', error: toWire(error) }),
  });
  const receive = async (message: ToWriter): Promise<void> => {
    if (message.kind === 'news') {
      machine.durable(message.durable);
      for (const [index, command] of unpackCommands(message.commands).entries()) {
        const number = message.first + index;
        numbers.set(command, number);
        log.enqueue(command, (settled) => {
          numbers.delete(command);
          if ('error' in settled) failures.add(number, settled.error);
        });
      }
      return;
    }
    if (message.kind === 'syncFailed') return machine.failed(fromWire(message.error));
    await log.close();
    engine.close();
    post(port, { kind: 'closed' });
    port.close();
  };
  port.on('message', (message: ToWriter) => void receive(message));
  post(port, { kind: 'ready', head: engine.head() });
}

if (parentPort !== null) {
  try {
    serve(parentPort, workerData as WriterSetup);
  } catch (thrown) {
    post(parentPort, { kind: 'refused', error: toWire(thrown) });
    parentPort.close();
  }
}
