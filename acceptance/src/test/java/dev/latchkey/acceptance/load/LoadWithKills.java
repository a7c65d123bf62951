package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Two nodes on one database, clients that exchange all the time, and a killer who ends one node
 * after the other without warning. Prints what happened and what must not have happened, and exits
 * with 1 if there is any of that. Its one argument is how long it goes on, in seconds.
 */
public final class LoadWithKills {

  private static final int DEFAULT_SECONDS = 120;

  private LoadWithKills() {}

  public static void main(String[] args) throws Exception {
    int seconds = args.length == 0 ? DEFAULT_SECONDS : Integer.parseInt(args[0]);
    List<ServiceProcess> nodes = Installation.withNodes(2).nodes();
    for (ServiceProcess node : nodes) {
      node.start();
    }
    var load = new ExchangeLoad(nodes.stream().map(Killed::new).toList(), Duration.ofMillis(20));
    load.start();
    int kills = killAtRandom(nodes, System.nanoTime() + Duration.ofSeconds(seconds).toNanos());
    boolean clean = load.finish();
    ExchangeLoad.print("kills", kills);
    System.exit(clean && kills > 0 ? 0 : 1);
  }

  /** Requests that nobody answers are what it is about. */
  private record Killed(ServiceProcess process) implements Device.Node {

    @Override
    public URI address() {
      return process.address();
    }
  }

  /** Returns how often it did. */
  private static int killAtRandom(List<ServiceProcess> nodes, long end) throws Exception {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int kills = 0;
    while (System.nanoTime() < end) {
      Thread.sleep(Duration.ofMillis(random.nextLong(4_000)));
      ServiceProcess victim = nodes.get(random.nextInt(nodes.size()));
      victim.kill();
      kills++;
      victim.start();
    }
    return kills;
  }
}
