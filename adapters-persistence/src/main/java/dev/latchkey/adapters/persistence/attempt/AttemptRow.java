package dev.latchkey.adapters.persistence.attempt;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A row of the table {@code attempts}. */
@MappedEntity("attempts")
record AttemptRow(@Id String key, int count, Instant lastAt) {}
