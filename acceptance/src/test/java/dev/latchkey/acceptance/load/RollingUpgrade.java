package dev.latchkey.acceptance.load;

import dev.latchkey.acceptance.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Two nodes of the previous version on one database, and clients that exchange all the time. One
 * node after the other is replaced by one of this version, which migrates the database, and then
 * the other way round. Nobody may notice, but for requests to a node while it is being replaced.
 *
 * <p>Beside its own migrations this version executes one of which there is no need, so that the
 * previous version always meets a schema newer than its own.
 *
 * <p>Prints what happened and what must not have happened, and exits with 1 if there is any of
 * that. Its arguments are a file with the class path of the previous version, and how many seconds
 * to wait after each step.
 */
@SuppressWarnings("SystemOut") // a program for the person at the terminal
public final class RollingUpgrade {

  private static final int DEFAULT_SECONDS = 3;
  private static final Path NEXT = Path.of("src/test/resources/db/next").toAbsolutePath();
  private static final String NEXT_VERSION = "903";

  private final Installation installation;
  private final Duration calm;

  private RollingUpgrade(Installation installation, Duration calm) {
    this.installation = installation;
    this.calm = calm;
  }

  public static void main(String[] args) throws Exception {
    String previous = Files.readString(Path.of(args[0])).strip();
    int seconds = args.length < 2 ? DEFAULT_SECONDS : Integer.parseInt(args[1]);
    var upgrade =
        new RollingUpgrade(Installation.withNodes(List.of()), Duration.ofSeconds(seconds));
    System.exit(upgrade.isUnnoticed(previous) ? 0 : 1);
  }

  private boolean isUnnoticed(String previous) throws Exception {
    List<Place> places = List.of(place("A", previous), place("B", previous));
    for (Place place : places) {
      place.startPrevious();
    }
    requireSchema(false);
    var load = new ExchangeLoad(places, Duration.ofMillis(100));
    load.start();
    Thread.sleep(calm);
    for (Place place : places) {
      place.replaceByThis();
      requireSchema(true);
      Thread.sleep(calm);
    }
    for (Place place : places) {
      place.replaceByPrevious();
      Thread.sleep(calm);
    }
    boolean clean = load.finish();
    places.forEach(Place::print);
    return clean && places.stream().allMatch(Place::answeredWheneverItRan);
  }

  private Place place(String name, String previous) {
    Map<String, String> environment = installation.environment();
    var migrating = new HashMap<>(environment);
    migrating.put("FLYWAY_LOCATIONS", "classpath:db/migration,filesystem:" + NEXT);
    return new Place(
        name,
        URI.create("http://127.0.0.1:" + environment.get("MICRONAUT_SERVER_PORT")),
        installation.with(ServiceProcess.forLoad(previous, environment)),
        installation.with(ServiceProcess.forLoad(migrating)));
  }

  private void requireSchema(boolean next) throws SQLException {
    try (Connection connection = installation.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*) FROM flyway_schema_history WHERE success AND version = '"
                    + NEXT_VERSION
                    + "'")) {
      if (!row.next() || (row.getInt(1) == 1) != next) {
        throw new IllegalStateException("this is no test of an upgrade: the schema is not the one");
      }
    }
  }

  /** An address, at which one version runs or the other. */
  private static final class Place implements Device.Node {

    private final String name;
    private final URI address;
    private final ServiceProcess previous;
    private final ServiceProcess current;
    private final Queue<Window> replacements = new ConcurrentLinkedQueue<>();
    private final Queue<Event> unanswered = new ConcurrentLinkedQueue<>();

    Place(String name, URI address, ServiceProcess previous, ServiceProcess current) {
      this.name = name;
      this.address = address;
      this.previous = previous;
      this.current = current;
    }

    /** Between two readings of {@link System#nanoTime}. */
    private record Window(long from, long to) {

      boolean explains(Event event) {
        return event.sent() < to && event.ended() > from;
      }
    }

    @Override
    public URI address() {
      return address;
    }

    @Override
    public void failed(Event event) {
      unanswered.add(event);
    }

    void startPrevious() throws IOException {
      previous.start();
    }

    void replaceByThis() throws IOException {
      replace(previous, current);
    }

    void replaceByPrevious() throws IOException {
      replace(current, previous);
    }

    private void replace(ServiceProcess old, ServiceProcess next) throws IOException {
      long from = System.nanoTime();
      old.stop();
      next.start();
      replacements.add(new Window(from, System.nanoTime()));
    }

    private List<Event> unexplained() {
      return unanswered.stream()
          .filter(event -> replacements.stream().noneMatch(window -> window.explains(event)))
          .toList();
    }

    boolean answeredWheneverItRan() {
      return unexplained().isEmpty();
    }

    void print() {
      ExchangeLoad.print("node " + name + ": replaced", replacements.size());
      ExchangeLoad.print(
          "  milliseconds of that",
          replacements.stream().mapToLong(w -> (w.to() - w.from()) / 1_000_000).sum());
      ExchangeLoad.print("  unanswered meanwhile", unanswered.size() - unexplained().size());
      ExchangeLoad.print("  unanswered otherwise", unexplained().size());
      unexplained().forEach(System.out::println);
      unanswered.stream()
          .filter(event -> event.status() == 500)
          .forEach(event -> System.out.println("  by node " + name + ": " + event));
    }
  }
}
