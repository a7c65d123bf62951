package dev.latchkey.adapters.web.ended;

import dev.latchkey.adapters.web.problem.Problem;
import dev.latchkey.adapters.web.problem.ProblemCode;
import dev.latchkey.adapters.web.request.Devices;
import dev.latchkey.application.port.EndedSessionsDocument;
import dev.latchkey.application.port.in.session.PublishEndedSessions;
import dev.latchkey.application.port.in.session.PublishEndedSessions.Result;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** {@code GET /oauth2/ended-sessions}: what resource servers refuse access tokens by. */
@Controller(EndedSessionsController.PATH)
@Secured(SecurityRule.IS_ANONYMOUS)
@Tag(name = "Keys")
public final class EndedSessionsController {

  /** The one address below {@code /oauth2} whose answers are public and whose query is harmless. */
  public static final String PATH = "/oauth2/ended-sessions";

  static final String MEDIA_TYPE = "application/ended-sessions+jwt";

  /** For a cache between many listeners and this service; it delays no log-out noticeably. */
  private static final String CACHE_CONTROL = "public, max-age=1";

  private final PublishEndedSessions publishEndedSessions;
  private final HeldRequests held;
  private final PublishedBodies bodies = new PublishedBodies();
  private final Devices devices;
  private final ExecutorService executor;

  EndedSessionsController(
      PublishEndedSessions publishEndedSessions,
      HeldRequests held,
      Devices devices,
      @Named(TaskExecutors.BLOCKING) ExecutorService executor) {
    this.publishEndedSessions = publishEndedSessions;
    this.held = held;
    this.devices = devices;
    this.executor = executor;
  }

  @Get
  @Produces(MEDIA_TYPE)
  @Operation(
      summary = "Get the sessions that have ended, to refuse their access tokens",
      description =
          "A JWT (RFC 7519) of the type `ended-sessions+jwt`, signed by the keys of the JWK set."
              + " Its claims: `iss`; `as_of`, in milliseconds since 1970: every end before that is"
              + " known to it; `sids`, the `sid` of the access tokens to refuse; `window`, in"
              + " seconds: how long to remember them; `since`, if it is not whole, in milliseconds:"
              + " only what may have been recorded after that is named; `not_before`, at times, in"
              + " seconds: also refuse what was issued (`iat`) then or before. Ask again at once"
              + " with `since` and `Prefer: wait=30`, and a log-out arrives within a second.",
      parameters = {
        @Parameter(
            in = ParameterIn.QUERY,
            name = "since",
            description =
                "The `as_of` of the newest document that the caller knows. If this is not such a"
                    + " number, or one of long ago, the answer is whole.",
            schema = @Schema(type = "string"),
            example = "1767225600000"),
        @Parameter(
            in = ParameterIn.HEADER,
            name = Wait.PREFER,
            description =
                "`wait=30`: to be answered when there is something new, after that many seconds at"
                    + " the latest (RFC 7240 §4.3), 30 at most",
            schema = @Schema(type = "string")),
        @Parameter(
            in = ParameterIn.HEADER,
            name = HttpHeaders.IF_NONE_MATCH,
            description = "The `ETag` of the document that the caller has",
            schema = @Schema(type = "string"))
      })
  @ApiResponse(
      responseCode = "200",
      description = "The document",
      content =
          @Content(mediaType = MEDIA_TYPE, schema = @Schema(type = "string", example = "eyJ…")))
  @ApiResponse(responseCode = "304", description = "It is the one that the caller has")
  CompletableFuture<HttpResponse<?>> publish(@Parameter(hidden = true) HttpRequest<?> request) {
    Instant since = since(request);
    Optional<Wait> wait =
        request.getMethod() == HttpMethod.HEAD
            ? Optional.empty()
            : Wait.of(request.getHeaders().getAll(Wait.PREFER));
    return switch (publishEndedSessions.execute(new PublishEndedSessions.Command(since))) {
      case Result.Published(EndedSessionsDocument document, boolean isNews) -> {
        held.publish(document.version());
        PublishedBody body = bodies.of(document);
        boolean hasIt = has(request, body);
        yield wait.filter(_ -> hasIt || !isNews)
            .flatMap(granted -> hold(request, document, granted, since))
            .orElseGet(() -> CompletableFuture.completedFuture(answer(body, hasIt)));
      }
      case Result.Unknown() -> CompletableFuture.completedFuture(unknown());
    };
  }

  private Optional<CompletableFuture<HttpResponse<?>>> hold(
      HttpRequest<?> request, EndedSessionsDocument document, Wait wait, @Nullable Instant since) {
    return held.hold(devices.of(request).network(), document.version(), wait.duration())
        .map(
            end -> {
              giveUpWithTheConnection(request, end);
              return end.thenApplyAsync(_ -> answerNow(request, since, wait), executor);
            });
  }

  /** A caller that has gone keeps no place. */
  private static void giveUpWithTheConnection(HttpRequest<?> request, CompletableFuture<Void> end) {
    if (request instanceof NettyHttpRequest<?> received) {
      var _ =
          received
              .getChannelHandlerContext()
              .channel()
              .closeFuture()
              .addListener(_ -> end.complete(null));
    }
  }

  private HttpResponse<?> answerNow(HttpRequest<?> request, @Nullable Instant since, Wait wait) {
    return switch (publishEndedSessions.execute(new PublishEndedSessions.Command(since))) {
      case Result.Published(EndedSessionsDocument document, _) -> {
        PublishedBody body = bodies.of(document);
        yield answer(body, has(request, body)).header(Wait.APPLIED, wait.applied());
      }
      case Result.Unknown() -> unknown();
    };
  }

  private static boolean has(HttpRequest<?> request, PublishedBody body) {
    return body.tag().isAmong(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH));
  }

  private static MutableHttpResponse<?> answer(PublishedBody body, boolean hasIt) {
    MutableHttpResponse<?> answer =
        hasIt ? HttpResponse.notModified() : HttpResponse.ok(body.bytes());
    return answer
        .header(HttpHeaders.ETAG, body.tag().text())
        .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
  }

  private static HttpResponse<?> unknown() {
    return Problem.retryLater(ProblemCode.STORAGE_UNAVAILABLE);
  }

  /** What is no number is left out: a whole document is right for everybody. */
  private static @Nullable Instant since(HttpRequest<?> request) {
    List<String> values = request.getParameters().getAll("since");
    return values.size() == 1 && values.getFirst().matches("[0-9]{1,15}")
        ? Instant.ofEpochMilli(Long.parseLong(values.getFirst()))
        : null;
  }
}
