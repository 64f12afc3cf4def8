package io.byoa.bundle;

/**
 * A file of a zip whose central and local headers agree.
 *
 * @param path as it is spelled in the archive
 * @param deflated whether its content is deflated or stored as it is
 * @param crc the CRC-32 that the headers declare
 * @param size bytes of content that the headers declare
 * @param packed bytes in the zip
 * @param start where these begin
 */
record ZipMember(String path, boolean deflated, long crc, long size, long packed, long start) {}
