import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Engine } from '@aerolithdb/engine';
import { type Settled, SingleLog } from '@aerolithdb/log';
import type { Head } from '@aerolithdb/protocol';
import { checkedMachine } from './checked-machine.ts';
import { packEnds, unpackCommands, type WireEnd } from './command-packing.ts';
import { toWire } from './wire-error.ts';
import type { FromWriter, ToWriter, WriterSetup } from './writer-messages.ts';

/** Program of the writer's thread: the engine, driven by the log. Nothing else writes the file. */

/** Ends that wait to cross, so that those of a block are one message. */
class Answers {
  readonly #port: MessagePort;
  #numbers: number[] = [];
  #ends: WireEnd[] = [];

  constructor(port: MessagePort) {
    this.#port = port;
  }

  add(number: number, settled: Settled): void {
    this.#numbers.push(number);
    this.#ends.push('outcome' in settled ? settled.outcome : { failed: toWire(settled.error) });
  }

  send(head?: Head): void {
    if (this.#numbers.length === 0 && head === undefined) return;
    post(this.#port, { kind: 'ends', numbers: this.#numbers, ends: packEnds(this.#ends), ...(head !== undefined && { head }) });
    this.#numbers = [];
    this.#ends = [];
  }
}

function post(port: MessagePort, message: FromWriter): void {
  port.postMessage(message);
}

function serve(port: MessagePort, { folder, engine: options }: WriterSetup): void {
  const engine = Engine.open(folder, options);
  const answers = new Answers(port);
  const log = new SingleLog({
    machine: checkedMachine(engine),
    now: Date.now,
    schedule: (run) => {
      setImmediate(() => {
        run();
        answers.send();
      });
    },
    // The client at the other end of the port holds the bound, since what waits in the port must count too.
    waitingCommandsMax: Number.MAX_SAFE_INTEGER,
    waitingBytesMax: Number.MAX_SAFE_INTEGER,
    onFailure: (error) => post(port, { kind: 'failed', error: toWire(error) }),
  });
  log.onBlock((head) => answers.send(head));
  const receive = async (message: ToWriter): Promise<void> => {
    if (message.kind === 'commands') {
      for (const [index, command] of unpackCommands(message.commands).entries()) {
        const number = message.first + index;
        log.enqueue(command, (settled) => answers.add(number, settled));
      }
      return;
    }
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
