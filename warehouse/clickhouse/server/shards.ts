/** What a server's configuration says of a cluster of that name: one server a shard, on this machine. */
export function shardsConfig(cluster: string, tcpPorts: readonly number[]): string {
  const shards = tcpPorts.map((port) => `<shard><replica><host>127.0.0.1</host><port>${port}</port></replica></shard>`);
  return `<remote_servers><${cluster}>${shards.join('')}</${cluster}></remote_servers>`;
}
