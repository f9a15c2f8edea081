// A name server and a web server that note who asks them, while a command runs: `node silence.mjs SECONDS COMMAND...`.
// Prints, as JSON, the names that were looked up and how many connections and datagrams there were. Run by silence.sh.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const [seconds = '1', command = '', ...args] = process.argv.slice(2);
/** @type {string[]} */
const heard = [];
let answers = 0;

/** The name in a DNS question. @param {Buffer} message */
function nameIn(message) {
  const labels = [];
  for (let at = 12; message[at]; at += message[at] + 1)
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]));
  return labels.join('.');
}

const names = createSocket('udp4', (message, { port, address }) => {
  heard.push(nameIn(message));
  // The address of this machine, so that a connection follows.
  const answer = Buffer.concat([message, Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 127, 0, 0, 1])]);
  answer[2] = 0x81;
  answer[3] = 0x80;
  answer[7] = 1;
  answers++;
  names.send(answer, port, address);
});
await new Promise((resolve) => names.bind(53, () => resolve(undefined)));
for (const port of [80, 443]) createServer((socket) => socket.destroy()).listen(port);

/** A counter of this network. @param {string} protocol @param {string} name */
function counted(protocol, name) {
  const lines = readFileSync('/proc/net/snmp', 'utf8').split('\n');
  const [names = '', values = ''] = lines.filter((line) => line.startsWith(`${protocol}: `));
  return Number(values.split(' ')[names.split(' ').indexOf(name)]);
}
const child = spawn(command, args, { stdio: ['ignore', 'ignore', 2], detached: true });
const ended = new Promise((resolve) => child.once('exit', resolve));
await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000))]);
if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
const connections = counted('Tcp', 'ActiveOpens');
const datagrams = counted('Udp', 'OutDatagrams') - answers;
console.log(JSON.stringify({ names: heard, connections, datagrams, exit: child.exitCode }));
process.exit(0);
