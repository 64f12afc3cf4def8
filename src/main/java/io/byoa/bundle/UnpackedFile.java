package io.byoa.bundle;

import io.byoa.common.Sha256;
import java.nio.file.Path;

/**
 * One file of an {@link UnpackedUpload}.
 *
 * @param path relative to the upload's root, segments separated by {@code /}, in NFC
 * @param size in bytes
 * @param sha256 the digest of its content
 * @param file where its content lies until the upload is closed
 */
public record UnpackedFile(String path, long size, Sha256 sha256, Path file) {}
