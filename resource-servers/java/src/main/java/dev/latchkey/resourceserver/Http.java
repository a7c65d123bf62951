package dev.latchkey.resourceserver;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads documents whose size and time are bounded, from Latchkey. */
final class Http {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Redirects are not followed: whoever can choose the address of keys can make tokens. */
  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(
              Executors.newCachedThreadPool(
                  task -> {
                    var thread = new Thread(task, "latchkey-http");
                    thread.setDaemon(true);
                    return thread;
                  }))
          .build();

  /**
   * @param timeout for all of it, from the connection to the last byte
   * @throws IOException if there is no answer in time, or it is not 200, or longer than {@code
   *     mostBytes}
   */
  byte[] get(URI address, Map<String, String> headers, Duration timeout, int mostBytes)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    headers.forEach(request::header);
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request.build(), atMost(mostBytes));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() != 200) {
        throw new IOException(address + " answers " + response.statusCode());
      }
      return response.body();
    } catch (ExecutionException e) {
      throw new IOException(address + ": " + e.getCause(), e);
    } catch (TimeoutException e) {
      throw new IOException(address + " does not answer within " + timeout, e);
    } finally {
      answer.cancel(true);
    }
  }

  private static BodyHandler<byte[]> atMost(int mostBytes) {
    return response -> new Bounded(mostBytes);
  }

  /** Collects a body, and gives up on one that is too long. */
  private static final class Bounded implements BodySubscriber<byte[]> {

    private final BodySubscriber<byte[]> all = BodySubscribers.ofByteArray();
    private final int most;
    private long read;
    private Flow.@Nullable Subscription subscription;

    Bounded(int most) {
      this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return all.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription body) {
      subscription = body;
      all.onSubscribe(body);
    }

    @Override
    public void onNext(List<ByteBuffer> part) {
      for (ByteBuffer bytes : part) {
        read += bytes.remaining();
      }
      if (read <= most) {
        all.onNext(part);
      } else if (subscription != null) {
        subscription.cancel();
        all.onError(new IOException("More than " + most + " bytes"));
      }
    }

    @Override
    public void onError(Throwable failure) {
      all.onError(failure);
    }

    @Override
    public void onComplete() {
      all.onComplete();
    }
  }
}
