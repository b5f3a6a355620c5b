// Loaded into a process before everything else: from then on it, and every library in it, reads a clock that is off by
// VIGIE_TEST_CLOCK_OFF_S whole seconds. The engine asks the kernel's own page of code (vDSO) for the time, where faketime and the
// like do not stand; so that page of this process says it otherwise. Linux on x86-64 only.
const { closeSync, openSync, readFileSync, readSync, writeSync } = require('node:fs');

const offset = Number(process.env['VIGIE_TEST_CLOCK_OFF_S'] ?? 0);
const [from, to] = /^([0-9a-f]+)-([0-9a-f]+) .*\[vdso\]$/m.exec(readFileSync('/proc/self/maps', 'latin1')).slice(1).map((hex) => Number(`0x${hex}`));
const memory = openSync('/proc/self/mem', 'r+');
const page = Buffer.alloc(to - from);
readSync(memory, page, 0, page.length, from);

/** Where the functions of the page begin, by their names: an ELF image with its table of dynamic symbols. */
function symbols() {
  const sections = Number(page.readBigUInt64LE(0x28));
  const [size, count] = [page.readUInt16LE(0x3a), page.readUInt16LE(0x3c)];
  const section = (index) => ({ type: page.readUInt32LE(sections + index * size + 4), at: Number(page.readBigUInt64LE(sections + index * size + 0x18)), bytes: Number(page.readBigUInt64LE(sections + index * size + 0x20)), link: page.readUInt32LE(sections + index * size + 0x28) });
  const found = new Map();
  for (let index = 0; index < count; index++) {
    const table = section(index);
    if (table.type !== 11) continue;
    const names = section(table.link).at;
    for (let at = table.at; at < table.at + table.bytes; at += 24) {
      const start = names + page.readUInt32LE(at);
      found.set(page.toString('latin1', start, page.indexOf(0, start)), Number(page.readBigUInt64LE(at + 8)));
    }
  }
  return found;
}

const off = Buffer.alloc(4);
off.writeInt32LE(offset);
const CODE = {
  // eax = clock_gettime; syscall; if rdi is CLOCK_REALTIME (0) or its coarse form (5): [rsi] += off; return
  __vdso_clock_gettime: Buffer.concat([Buffer.from('b8e40000000f0585ff740583ff057507488106', 'hex'), off, Buffer.from('c3', 'hex')]),
  // eax = gettimeofday; syscall; if rdi: [rdi] += off; return
  __vdso_gettimeofday: Buffer.concat([Buffer.from('b8600000000f054885ff7407488107', 'hex'), off, Buffer.from('c3', 'hex')]),
  // rdi is kept; eax = time; syscall; rax += off; if rdi: [rdi] = rax; return
  __vdso_time: Buffer.concat([Buffer.from('b8c90000000f054805', 'hex'), off, Buffer.from('4885ff7403488907c3', 'hex')]),
};
const known = symbols();
for (const [name, code] of Object.entries(CODE)) {
  const at = known.get(name);
  if (at === undefined) throw new Error(`the kernel's page has no ${name}`);
  writeSync(memory, code, 0, code.length, from + at);
}
closeSync(memory);
