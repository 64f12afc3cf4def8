package io.byoa.job;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A JSON value in the text that the client wrote: a number keeps its digits.
 *
 * @param text valid JSON
 */
@Schema(description = "Any JSON value, as the client wrote it.")
public record RawJson(@JsonValue @JsonRawValue String text) {}
