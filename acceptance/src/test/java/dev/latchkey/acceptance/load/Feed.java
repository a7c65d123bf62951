package dev.latchkey.acceptance.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.latchkey.acceptance.KeptConnection;
import dev.latchkey.acceptance.KeptConnection.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * The feed of ended sessions at one node, and those who listen to it, each on a connection and a
 * thread of its own as if it were a resource server. They believe what they read: what it costs to
 * verify a document is not the node's.
 */
final class Feed implements Closeable {

  private static final String PATH = "/oauth2/ended-sessions";
  private static final String WAIT = "wait=30";
  private static final Duration PAUSE_WITHOUT_PLACE = Duration.ofSeconds(1);
  private static final int DOCUMENTS_KEPT = 32;

  private final URI node;
  private final Queue<KeptConnection> connections = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong withoutPlace = new AtomicLong();
  private final JsonMapper json = new JsonMapper();
  private final Map<String, Document> byTag = new LinkedHashMap<>();
  private volatile boolean closed;

  Feed(URI node) {
    this.node = node;
  }

  /**
   * @param asOf milliseconds since 1970
   */
  record Document(long asOf, Set<String> sids) {}

  /**
   * Starts a listener; returns when it has read its first document.
   *
   * @param network that a trusted proxy says it is in
   * @param news is shown each document, on the thread of the listener
   */
  void listen(String network, Consumer<Document> news) throws IOException, InterruptedException {
    var connection = new KeptConnection(node);
    connections.add(connection);
    var listener = new Listener(connection, network, news);
    listener.hear();
    Thread.ofPlatform().daemon().name("listener").start(listener::listen);
  }

  private final class Listener {

    private final KeptConnection connection;
    private final String network;
    private final Consumer<Document> news;
    private long asOf;

    Listener(KeptConnection connection, String network, Consumer<Document> news) {
      this.connection = connection;
      this.network = network;
      this.news = news;
    }

    private void listen() {
      try {
        while (!closed) {
          hear();
        }
      } catch (IOException e) {
        if (!closed) {
          failures.add("a listener ended: " + e);
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    /** Asks once, and waits for the answer. */
    private void hear() throws IOException, InterruptedException {
      Reply reply =
          connection.get(
              asOf == 0 ? PATH : PATH + "?since=" + asOf,
              "Prefer",
              WAIT,
              "X-Forwarded-For",
              network);
      if (reply.status() != 200) {
        throw new IOException("answered " + reply.status());
      }
      answers.incrementAndGet();
      bytes.addAndGet(reply.body().length());
      Document document = read(reply);
      boolean held = !reply.header("Preference-Applied").isEmpty();
      if (asOf == document.asOf() && !held) {
        withoutPlace.incrementAndGet();
        Thread.sleep(PAUSE_WITHOUT_PLACE);
      }
      asOf = document.asOf();
      news.accept(document);
    }
  }

  /** Once for all who listen. */
  private synchronized Document read(Reply reply) throws IOException {
    String tag = reply.header("ETag");
    Document known = byTag.get(tag);
    if (known != null) {
      return known;
    }
    byte[] payload = Base64.getUrlDecoder().decode(reply.body().split("\\.", -1)[1]);
    JsonNode claims = json.readTree(new String(payload, UTF_8));
    var sids = new TreeSet<String>();
    claims.at("/sids").forEach(sid -> sids.add(sid.asText()));
    var read = new Document(claims.at("/as_of").asLong(), sids);
    byTag.put(tag, read);
    if (byTag.size() > DOCUMENTS_KEPT) {
      byTag.remove(byTag.keySet().iterator().next());
    }
    return read;
  }

  /** How many answers all listeners together have read. */
  long answers() {
    return answers.get();
  }

  /** How long the documents in them were. */
  long bytes() {
    return bytes.get();
  }

  /** How many of the answers came at once and brought nothing, as no place was left. */
  long withoutPlace() {
    return withoutPlace.get();
  }

  /** Of listeners that ended by themselves. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Ends all listeners. */
  @Override
  public void close() throws IOException {
    closed = true;
    for (KeptConnection connection : connections) {
      connection.close();
    }
  }
}
