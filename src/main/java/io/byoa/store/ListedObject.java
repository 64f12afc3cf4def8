package io.byoa.store;

import java.time.Instant;

/**
 * An object as a listing tells it; without a digest, since no store lists digests without reading.
 *
 * @param key where it is
 * @param size in bytes
 * @param storedAt when it was stored, by the store's clock
 */
public record ListedObject(ObjectKey key, long size, Instant storedAt) {}
