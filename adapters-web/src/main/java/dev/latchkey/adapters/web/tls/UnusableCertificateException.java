package dev.latchkey.adapters.web.tls;

/**
 * The files of the certificate and of its key cannot be used. The message says why in one sentence,
 * names the file, and repeats nothing of its content.
 */
public final class UnusableCertificateException extends IllegalArgumentException {

  UnusableCertificateException(String message) {
    super(message);
  }

  UnusableCertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
