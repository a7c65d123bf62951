package dev.latchkey.adapters.web.page;

import dev.latchkey.adapters.web.request.EntityTag;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** A page, or a file that pages load, with the headers that all of them have. */
final class PageFile {

  private static final String FOLDER = "/pages/";

  /**
   * The scripts and styles of this service alone, nothing inline, no text that becomes a script or
   * an element, no form that is sent without a script, no frame around it.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'";

  /** What the pages do not need, which is all but passkeys. */
  private static final String PERMISSIONS =
      "accelerometer=(), autoplay=(), camera=(), clipboard-read=(),"
          + " clipboard-write=(), display-capture=(), encrypted-media=(), fullscreen=(),"
          + " gamepad=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(),"
          + " magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(),"
          + " screen-wake-lock=(), serial=(), storage-access=(), usb=(), window-management=(),"
          + " xr-spatial-tracking=(), publickey-credentials-create=(self),"
          + " publickey-credentials-get=(self)";

  private final byte[] body;
  private final String type;
  private final EntityTag tag;

  PageFile(byte[] body, String type) {
    this.body = body.clone();
    this.type = type;
    this.tag = EntityTag.of(body);
  }

  /**
   * A file of the class path.
   *
   * @param name below the folder of the pages
   */
  static Optional<byte[]> read(String name) {
    try (InputStream resource = PageFile.class.getResourceAsStream(FOLDER + name)) {
      return resource == null ? Optional.empty() : Optional.of(resource.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asked for anew each time, so that a page never meets a script of another version, and sent
   * again only if it has changed.
   */
  HttpResponse<?> answer(HttpRequest<?> request) {
    MutableHttpResponse<?> answer =
        tag.isAmong(request.getHeaders().getAll(HttpHeaders.IF_NONE_MATCH))
            ? HttpResponse.notModified()
            : HttpResponse.ok(body.clone()).contentType(type);
    return answer
        .header(HttpHeaders.ETAG, tag.text())
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("Content-Security-Policy", POLICY)
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Permissions-Policy", PERMISSIONS);
  }
}
