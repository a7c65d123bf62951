package dev.latchkey.bootstrap.job;

import dev.latchkey.adapters.web.tls.CertificateInUse;
import dev.latchkey.adapters.web.tls.ServerCertificate;
import dev.latchkey.adapters.web.tls.Tls;
import dev.latchkey.bootstrap.wiring.ServiceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.annotation.Scheduled;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uses the certificate that somebody has put in the place of the present one, and says until when
 * it is valid: in a gauge, in seconds since 1970, and in the log when it begins to be used and when
 * it is too late. One that clients refuse is used nevertheless: they know what to make of it, and a
 * service that does not start helps nobody.
 */
@Singleton
@Requires(notEnv = ServiceContext.COMMAND)
final class TlsCertificateJob implements ApplicationEventListener<ServerStartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(TlsCertificateJob.class);

  private final Tls tls;

  /** The machine's own, by which clients are likely to go as well. */
  private final InstantSource clock;

  private boolean refusedByClients;

  @Inject
  TlsCertificateJob(Tls tls, MeterRegistry registry) {
    this(tls, registry, Clock.systemUTC());
  }

  TlsCertificateJob(Tls tls, MeterRegistry registry, InstantSource clock) {
    this.tls = tls;
    this.clock = clock;
    tls.certificate()
        .ifPresent(
            inUse ->
                registry.gauge(
                    "latchkey.tls.certificate.expiry.seconds",
                    inUse,
                    certificate -> certificate.current().notAfter().getEpochSecond()));
  }

  @Override
  public synchronized void onApplicationEvent(ServerStartupEvent started) {
    tls.certificate().map(CertificateInUse::current).ifPresent(this::announce);
  }

  @Scheduled(
      initialDelay = "${latchkey.tls.check-interval}",
      fixedDelay = "${latchkey.tls.check-interval}")
  void look() {
    tls.certificate().ifPresent(this::look);
  }

  private synchronized void look(CertificateInUse inUse) {
    switch (inUse.look()) {
      case CertificateInUse.Look.Unchanged() -> warnOnce(inUse.current());
      case CertificateInUse.Look.Replaced(ServerCertificate by) -> {
        refusedByClients = false;
        announce(by);
      }
      case CertificateInUse.Look.Refused(String reason) ->
          LOG.warn(
              "The files of the TLS certificate have changed and cannot be used, so the one before"
                  + " stays in use: {}",
              reason);
    }
  }

  private void announce(ServerCertificate certificate) {
    LOG.info("TLS certificate: {}", certificate);
    warnOnce(certificate);
  }

  private void warnOnce(ServerCertificate certificate) {
    boolean before = refusedByClients;
    refusedByClients =
        !clock.instant().isBefore(certificate.notAfter())
            || clock.instant().isBefore(certificate.notBefore());
    if (refusedByClients && !before) {
      LOG.error(
          "CLIENTS REFUSE THE TLS CERTIFICATE, which is valid from {} to {}: replace its files, the"
              + " service uses the new ones at once",
          certificate.notBefore(),
          certificate.notAfter());
    }
  }
}
