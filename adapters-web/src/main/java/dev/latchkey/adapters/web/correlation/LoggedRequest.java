package dev.latchkey.adapters.web.correlation;

import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;

/**
 * Lets every line of the log that is written for a request name it, on whichever thread that is.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class LoggedRequest implements Ordered {

  private static final String REQUEST_ID = "requestId";
  private static final String TRACE_ID = "traceId";
  private static final String ATTRIBUTE = LoggedRequest.class.getName();

  /** Before anything can fail; but after a filter that begins a trace. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE + 1;
  }

  /** Names the trace that was begun for the request, if the caller named none. */
  public static void tracedAs(String traceId, HttpRequest<?> request) {
    request.setAttribute(ATTRIBUTE, traceId);
  }

  @RequestFilter
  void name(HttpRequest<?> request, MutablePropagatedContext context) {
    String id = RequestId.of(request);
    Map<String, String> known =
        request
            .getAttribute(ATTRIBUTE, String.class)
            .or(() -> TraceParent.of(request).map(TraceParent::traceId))
            .map(trace -> Map.of(REQUEST_ID, id, TRACE_ID, trace))
            .orElseGet(() -> Map.of(REQUEST_ID, id));
    var _ = context.add(new MdcPropagationContext(known));
  }
}
