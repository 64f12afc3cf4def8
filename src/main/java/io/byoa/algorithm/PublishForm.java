package io.byoa.algorithm;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a form that publishes, for the API's description; {@link PublishResource} reads it.
 */
@Schema(name = "PublishForm")
record PublishForm(
    @Schema(
            required = true,
            type = SchemaType.STRING,
            format = "binary",
            description = "The zip or tar.gz, as a file.")
        String archive,
    @Schema(description = "An algorithm.json, as text, for all that has no part of its own.")
        @Nullable String descriptor,
    @Schema(examples = "\"iris-tree\"") @Nullable String name,
    @Schema(examples = "\"1.0.0\"") @Nullable String version,
    @Nullable String description,
    @Schema(
            enumeration = {"python", "r", "other"},
            description = "Absent: as the entry point's name says.")
        @Nullable String language,
    @Schema(description = "Absent: the standard version, see GET /runtimes.", examples = "\"3.11\"")
        @Nullable String languageVersion,
    @Schema(
            description = "Absent: requirements.txt, or packages.txt for R, if there is one.",
            examples = "\"requirements.txt\"")
        @Nullable String dependencies,
    @Schema(
            description = "Absent: train.py, train.R or train.sh, or the only program at the root.",
            examples = "\"train.py\"")
        @Nullable String entryPoint,
    @Schema(
            enumeration = {"flags", "script-mode", "train"},
            defaultValue = "flags",
            description = "How hyperparameters reach the program.")
        @Nullable String arguments) {}
