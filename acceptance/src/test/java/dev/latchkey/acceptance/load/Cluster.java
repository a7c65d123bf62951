package dev.latchkey.acceptance.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.latchkey.acceptance.load.LostWrites.Survivor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two machines with PostgreSQL under Patroni, three with etcd, and HAProxy, from the packages of
 * Debian and with the files of the folder {@code operation}. Each machine is an address of the
 * loopback network. All of it ends with this process.
 */
final class Cluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** In the examples; each becomes a free one. */
  private static final List<String> PORTS = List.of("8080", "5000", "5432", "8008", "2379", "2380");

  /** In the examples. */
  private static final String NETWORK = "10.0.0.";

  private static final String DATABASE = "latchkey";
  private static final String SUPERUSER = "postgres";

  private final Path folder = Files.createTempDirectory("latchkey-cluster");
  private final Map<String, String> ports = new HashMap<>();
  private final String network =
      "127.%d.%d."
          .formatted(
              ThreadLocalRandom.current().nextInt(1, 255),
              ThreadLocalRandom.current().nextInt(1, 255));
  private final String secret = secret();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> started = new ArrayList<>();
  private final List<Machine> machines;
  private final Path operation;

  private Cluster(Path operation) throws IOException {
    this.operation = operation;
    for (String port : PORTS) {
      ports.put(port, Integer.toString(freePort()));
    }
    this.machines = List.of(new Machine(1), new Machine(2), new Machine(3));
  }

  /**
   * Returns when there is an empty database with a replica.
   *
   * @param operation the folder of the examples
   */
  static Cluster start(Path operation) throws Exception {
    var cluster = new Cluster(operation);
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close, "end-of-cluster"));
    cluster.start();
    return cluster;
  }

  private void start() throws Exception {
    for (Machine machine : machines) {
      machine.write();
    }
    Files.writeString(folder.resolve("haproxy.cfg"), adapted("haproxy.cfg"));
    if (isRoot()) { // which PostgreSQL refuses to be
      run("chown", "-R", SUPERUSER, folder.toString());
    }
    for (Machine machine : machines) {
      machine.start();
    }
    launch("haproxy", folder, "haproxy", "-db", "-f", folder.resolve("haproxy.cfg").toString());
    awaitReplica(true);
    try (Connection connection = primary().connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE latchkey LOGIN PASSWORD '" + secret + "'");
      statement.execute("CREATE DATABASE " + DATABASE + " OWNER latchkey");
    }
  }

  /** Where clients find the nodes. */
  URI clients() {
    return URI.create("http://" + network + "10:" + ports.get("8080"));
  }

  /** Of the first and the second node. */
  Map<String, String> settingsOfNode(int number, String url) {
    return Map.of(
        "MICRONAUT_SERVER_HOST",
        network + "2" + number,
        "MICRONAUT_SERVER_PORT",
        port("8080"),
        "DATASOURCES_DEFAULT_URL",
        url,
        "DATASOURCES_DEFAULT_USERNAME",
        "latchkey",
        "DATASOURCES_DEFAULT_PASSWORD",
        secret,
        "LATCHKEY_HTTP_TRUSTED_PROXIES",
        "1");
  }

  /** Whoever is the primary, as HAProxy knows from Patroni. */
  String urlByProxy() {
    return "jdbc:postgresql://%s10:%s/%s".formatted(network, port("5000"), DATABASE);
  }

  /** Whoever is the primary, as the driver knows from PostgreSQL. */
  String urlByDriver() {
    return "jdbc:postgresql://%s11:%s,%s12:%s/%s?targetServerType=primary&hostRecheckSeconds=2"
        .formatted(network, port("5432"), network, port("5432"), DATABASE);
  }

  private String port(String ofExample) {
    return String.valueOf(ports.get(ofExample));
  }

  /** Whether a commit waits for the replica; returns when that is so. */
  void setSynchronous(boolean synchronous) throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://%s:%s/config".formatted(primary().address, port("8008"))))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder().encodeToString(("patroni:" + secret).getBytes(UTF_8)))
            .method("PATCH", BodyPublishers.ofString("{\"synchronous_mode\": " + synchronous + "}"))
            .build();
    int status = http.send(request, BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("Patroni answered " + status);
    }
    awaitReplica(synchronous);
  }

  /** Returns when the primary has a replica that follows it. */
  void awaitReplica(boolean synchronous) throws InterruptedException {
    String state = synchronous ? "sync" : "async";
    await(
        "a replica that follows, " + state,
        () ->
            primary()
                .answers(
                    "SELECT count(*) = 1 FROM pg_stat_replication"
                        + " WHERE state = 'streaming' AND sync_state = '"
                        + state
                        + "'"));
  }

  /**
   * From now on the replica gets nothing more; what was acknowledged before, it has. It is the
   * sender that is stopped, since what it had sent would still be in the receiver's socket.
   */
  void stopReplication() throws Exception {
    Machine primary = primary();
    String written = primary.query("SELECT pg_current_wal_flush_lsn()");
    await(
        "the replica to catch up",
        () ->
            primary.answers(
                "SELECT bool_and(flush_lsn >= '" + written + "') FROM pg_stat_replication"));
    signal("STOP", List.of(primary.query("SELECT pid FROM pg_stat_replication")));
  }

  /** What the replica has, before it is promoted. */
  Map<String, Survivor> survivors() throws Exception {
    Machine replica = machines.stream().filter(Machine::isReplica).findFirst().orElseThrow();
    await(
        "the replica to replay what it has",
        () -> replica.answers("SELECT pg_last_wal_receive_lsn() <= pg_last_wal_replay_lsn()"));
    var survivors = new HashMap<String, Survivor>();
    try (Connection connection = replica.connect(DATABASE);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT id, generation, revoked_at IS NOT NULL FROM sessions"
                    + " WHERE pg_is_in_recovery()")) {
      while (row.next()) {
        survivors.put(row.getString(1), new Survivor(row.getInt(2), row.getBoolean(3)));
      }
    }
    if (survivors.isEmpty()) {
      throw new IllegalStateException("the replica was promoted before it could be looked at");
    }
    return survivors;
  }

  /** The machine whose PostgreSQL can be written. */
  Machine primary() {
    return machines.stream()
        .filter(machine -> machine.isHost() && machine.answers("SELECT NOT pg_is_in_recovery()"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no primary"));
  }

  /** Kills what is still alive. The folder stays if something is to be found out. */
  @Override
  public synchronized void close() {
    for (Machine machine : machines) {
      machine.kill();
    }
    started.forEach(Process::destroyForcibly);
    started.forEach(process -> process.onExit().join());
  }

  Path folder() {
    return folder;
  }

  void deleteFolder() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** One address, and all that runs there. */
  final class Machine {

    private final int number;
    private final String address;
    private final Path home;
    private @Nullable Process etcd;
    private @Nullable Process patroni;

    private Machine(int number) throws IOException {
      this.number = number;
      this.address = network + "1" + number;
      this.home = Files.createDirectory(folder.resolve("db" + number));
    }

    String name() {
      return "db" + number;
    }

    /** The third has only an etcd. */
    private boolean isHost() {
      return number < 3;
    }

    private void write() throws IOException {
      if (isHost()) {
        Files.writeString(home.resolve("patroni.yml"), configuration());
      }
    }

    private String configuration() throws IOException {
      String own =
          Files.readString(operation.resolve("patroni.yml"))
              .lines()
              .map(line -> line.endsWith("# own") ? line.replace("0.11", "0.1" + number) : line)
              .collect(joining("\n"));
      return adapted(own.replace("name: db1", "name: " + name()), "patroni.yml")
          .replace("/usr/lib/postgresql/15/bin", newestPostgres().toString())
          .replace("/var/lib/postgresql/15", home.toString())
          .replace("/var/run/postgresql", home.toString())
          .replaceAll("change-me-\\w+", secret);
    }

    /** Also after it was killed, or while it hangs. */
    void start() throws IOException {
      if (etcd != null && etcd.isAlive()) {
        signal("CONT", processes());
        return;
      }
      etcd = launch("etcd" + number, home, etcdCommand());
      if (isHost()) {
        patroni =
            launch("patroni" + number, home, "patroni", home.resolve("patroni.yml").toString());
      }
    }

    private String[] etcdCommand() {
      String members =
          Stream.of(1, 2, 3)
              .map(
                  member ->
                      "etcd%d=http://%s1%d:%s".formatted(member, network, member, port("2380")))
              .collect(joining(","));
      String client = "http://" + address + ":" + port("2379");
      String peer = "http://" + address + ":" + port("2380");
      return new String[] {
        "etcd",
        "--name=etcd" + number,
        "--data-dir=" + home.resolve("etcd"),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=" + members,
        "--enable-v2=true" // why, operation/patroni.yml says
      };
    }

    /** All at once, as when the power fails. */
    void kill() {
      List<String> all = stopped();
      if (!all.isEmpty()) {
        signal("KILL", all);
        Stream.of(etcd, patroni)
            .filter(process -> process != null)
            .forEach(process -> process.onExit().join());
      }
    }

    /** Says nothing more and closes no connection, as when the network fails. */
    void freeze() {
      var _ = stopped();
    }

    /** PostgreSQL first, so that it cannot start anything while its processes are counted. */
    private List<String> stopped() {
      postmaster().ifPresent(server -> signal("STOP", List.of(Long.toString(server.pid()))));
      List<String> all = processes();
      if (!all.isEmpty()) {
        signal("STOP", all);
      }
      return all;
    }

    private List<String> processes() {
      return Stream.concat(
              Stream.of(etcd, patroni)
                  .filter(process -> process != null && process.isAlive())
                  .map(Process::toHandle),
              postmaster().stream()
                  .flatMap(server -> Stream.concat(Stream.of(server), server.descendants())))
          .map(process -> Long.toString(process.pid()))
          .toList();
    }

    /** Is no child of Patroni, so that it survives it. */
    private Optional<ProcessHandle> postmaster() {
      try {
        String pid = Files.readAllLines(home.resolve("latchkey/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid.strip()))
            .filter(process -> process.info().command().orElse("").endsWith("/postgres"));
      } catch (IOException _) {
        return Optional.empty(); // there is none
      }
    }

    private boolean isReplica() {
      return isHost() && answers("SELECT pg_is_in_recovery()");
    }

    private boolean answers(String question) {
      try {
        return query(question).equals("t");
      } catch (SQLException _) {
        return false;
      }
    }

    /** The first column of the first row. */
    private String query(String sql) throws SQLException {
      try (Connection connection = connect("postgres");
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        return row.next() ? String.valueOf(row.getString(1)) : "";
      }
    }

    private Connection connect(String database) throws SQLException {
      return DriverManager.getConnection(
          "jdbc:postgresql://%s:%s/%s?connectTimeout=2&socketTimeout=5"
              .formatted(address, port("5432"), database),
          SUPERUSER,
          secret);
    }

    /** Whether its former writes that nobody else has were undone, since it was started. */
    long rewinds() throws IOException {
      try (Stream<String> lines = Files.lines(folder.resolve("patroni" + number + ".log"))) {
        return lines.filter(line -> line.contains("pg_rewind exit code=0")).count();
      }
    }
  }

  private String adapted(String example) throws IOException {
    return adapted(Files.readString(operation.resolve(example)), example);
  }

  /** With the addresses and ports of this cluster in place of those of the example. */
  private String adapted(String text, String example) {
    if (!text.contains(NETWORK)) {
      throw new IllegalStateException(example + " does not name " + NETWORK);
    }
    return Pattern.compile(String.join("|", PORTS))
        .matcher(text.replace(NETWORK + "0/24", "127.0.0.0/8").replace(NETWORK, network))
        .replaceAll((MatchResult found) -> port(found.group()));
  }

  /** Debian keeps versions side by side. */
  private static Path newestPostgres() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(programs -> Files.exists(programs.resolve("postgres")))
          .max(Comparator.comparing(Path::toString))
          .orElseThrow();
    }
  }

  private Process launch(String name, Path home, String... command) throws IOException {
    var words = new ArrayList<String>();
    if (isRoot()) {
      words.addAll(
          List.of("setpriv", "--reuid=" + SUPERUSER, "--regid=" + SUPERUSER, "--clear-groups"));
    }
    words.addAll(List.of(command));
    var builder = new ProcessBuilder(words).directory(home.toFile()).redirectErrorStream(true);
    builder.environment().put("HOME", home.toString());
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void signal(String signal, List<String> processes) {
    var command = new ArrayList<>(List.of("kill", "-" + signal));
    command.addAll(processes);
    try {
      // One that has ended meanwhile is no mistake.
      var _ =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... command) throws IOException {
    if (new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command));
    }
  }

  private interface Question {
    boolean isAnswered() throws SQLException;
  }

  private void await(String what, Question question) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (question.isAnswered()) {
          return;
        }
      } catch (SQLException | IllegalStateException _) {
        // nobody there yet
      }
      Thread.sleep(Duration.ofMillis(200));
    }
    throw new IllegalStateException("waited in vain for " + what + "; the logs are in " + folder);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      return socket.getLocalPort();
    }
  }

  private static String secret() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
