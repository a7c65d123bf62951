package dev.latchkey.adapters.web.connection;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;

/** An answer before the answer, such as {@code 100 Continue} (RFC 9110 §15.2). */
final class InterimAnswer {

  private InterimAnswer() {}

  static boolean is(Object message) {
    return message instanceof HttpResponse head
        && head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }
}
