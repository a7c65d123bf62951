package dev.latchkey.adapters.web.bearer;

import io.micronaut.security.authentication.AbstractPrincipalArgumentBinder;
import jakarta.inject.Singleton;

/** Lets controllers take a {@link Bearer} as a parameter. */
@Singleton
final class BearerArgumentBinder extends AbstractPrincipalArgumentBinder<Bearer> {

  BearerArgumentBinder() {
    super(Bearer.class);
  }
}
