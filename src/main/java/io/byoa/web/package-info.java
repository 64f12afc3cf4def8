/**
 * The conventions that every HTTP route shares: problem+json, strict input, paging, conditional
 * requests, waiting, event streams, idempotency, downloads and the OpenAPI document.
 */
@NullMarked
package io.byoa.web;

import org.jspecify.annotations.NullMarked;
