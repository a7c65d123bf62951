package dev.latchkey.bootstrap.trace;

import dev.latchkey.adapters.web.correlation.LoggedRequest;
import dev.latchkey.adapters.web.correlation.RequestId;
import dev.latchkey.adapters.web.correlation.TraceParent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.UriRouteInfo;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.Optional;

/**
 * A span for each request, by OpenTelemetry's semantic conventions for HTTP servers 1.23 and later,
 * but for {@code url.path} and {@code url.query}, which may contain what nobody should read, such
 * as a token that was sent to the wrong place. The route says which call it was.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Requires(bean = Traces.class)
final class RequestSpans implements Ordered {

  private static final String ATTRIBUTE = RequestSpans.class.getName();

  /** The convention's word for what is no method of HTTP. */
  private static final String OTHER = "_OTHER";

  private final Traces traces;

  RequestSpans(Traces traces) {
    this.traces = traces;
  }

  /** Before the log learns of the trace. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @RequestFilter
  void begin(HttpRequest<?> request) {
    Span span =
        traces
            .tracer()
            .spanBuilder(method(request))
            .setSpanKind(SpanKind.SERVER)
            .setParent(TraceParent.of(request).map(RequestSpans::remote).orElseGet(Context::root))
            .setAttribute("http.request.method", method(request))
            .setAttribute("latchkey.request.id", RequestId.of(request))
            .startSpan();
    request.setAttribute(ATTRIBUTE, span);
    LoggedRequest.tracedAs(span.getSpanContext().getTraceId(), request);
  }

  private static Context remote(TraceParent parent) {
    return Context.root()
        .with(
            Span.wrap(
                SpanContext.createFromRemoteParent(
                    parent.traceId(),
                    parent.spanId(),
                    TraceFlags.fromByte(parent.flags()),
                    TraceState.getDefault())));
  }

  private static String method(HttpRequest<?> request) {
    return request.getMethod() == HttpMethod.CUSTOM ? OTHER : request.getMethod().name();
  }

  @ResponseFilter
  void end(HttpRequest<?> request, HttpResponse<?> response) {
    request
        .getAttribute(ATTRIBUTE, Span.class)
        .ifPresent(
            span -> {
              route(request)
                  .ifPresent(
                      route -> {
                        var _ = span.updateName(method(request) + " " + route);
                        var _ = span.setAttribute("http.route", route);
                      });
              var _ = span.setAttribute("http.response.status_code", response.code());
              if (response.code() >= 500) {
                var _ = span.setAttribute("error.type", Integer.toString(response.code()));
                var _ = span.setStatus(StatusCode.ERROR);
              }
              span.end();
            });
  }

  /** With the names of its variables in the place of their values. */
  private static Optional<String> route(HttpRequest<?> request) {
    return RouteAttributes.getRouteInfo(request)
        .filter(UriRouteInfo.class::isInstance)
        .map(route -> ((UriRouteInfo<?, ?>) route).getUriMatchTemplate().toPathString());
  }
}
