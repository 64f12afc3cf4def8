# Linear regression of one column on all others, in base R: no package is needed.
#
# Base R reads no JSON, so parameters come from the command line ("--response Employed"). They are
# in the environment as well (SM_HP_RESPONSE).

from_environment <- function(name, otherwise) {
  value <- Sys.getenv(name)
  if (nzchar(value)) value else otherwise
}

training <- from_environment("SM_CHANNEL_TRAINING", "/opt/ml/input/data/training")
model_folder <- from_environment("SM_MODEL_DIR", "/opt/ml/model")
output_folder <- from_environment("SM_OUTPUT_DIR", "/opt/ml/output")

bad_input <- function(...) {
  text <- paste0(...)
  writeLines(text, file.path(output_folder, "failure"))
  message(text)
  quit(save = "no", status = 2)
}

# The flags as a named list, over the defaults.
read_options <- function(defaults, flags = commandArgs(trailingOnly = TRUE)) {
  if (!length(flags)) return(defaults)
  if (length(flags) %% 2 != 0) bad_input("Every flag takes one value: ", paste(flags, collapse = " "))
  names <- sub("^--", "", flags[c(TRUE, FALSE)])
  unknown <- setdiff(names, names(defaults))
  if (length(unknown)) bad_input("Unknown parameter: ", paste(unknown, collapse = ", "))
  defaults[names] <- flags[c(FALSE, TRUE)]
  defaults
}

read_rows <- function(folder) {
  files <- sort(list.files(folder, "\\.csv$", recursive = TRUE, full.names = TRUE))
  if (!length(files)) bad_input("The channel 'training' holds no .csv file (", folder, ").")
  tables <- tryCatch(lapply(files, read.csv, check.names = FALSE), error = function(problem) {
    bad_input("A .csv file cannot be read: ", conditionMessage(problem))
  })
  headers <- unique(lapply(tables, names))
  if (length(headers) > 1) bad_input("The .csv files do not have one and the same header.")
  do.call(rbind, tables)
}

options <- read_options(list(response = "Employed", confidence = "0.95"))
rows <- read_rows(training)
response <- options$response
confidence <- as.numeric(options$confidence)

if (!response %in% names(rows)) {
  bad_input("There is no column '", response, "'; the columns are ", paste(names(rows), collapse = ", "), ".")
}
not_numbers <- names(rows)[!vapply(rows, is.numeric, logical(1))]
if (length(not_numbers)) bad_input("Not all values are numbers in: ", paste(not_numbers, collapse = ", "), ".")
if (anyNA(rows)) bad_input("Line ", which(!complete.cases(rows))[1] + 1, " lacks a value.")
if (nrow(rows) <= ncol(rows)) {
  bad_input(nrow(rows), " rows are too few for ", ncol(rows), " coefficients; at least one more is needed.")
}

explaining <- setdiff(names(rows), response)
fit <- lm(reformulate(sprintf("`%s`", explaining), sprintf("`%s`", response)), rows)
if (anyNA(coef(fit))) {
  bad_input("These columns follow from the others, leave them out: ", paste(names(which(is.na(coef(fit)))), collapse = ", "), ".")
}

errors <- residuals(fit)
described <- summary(fit)
# What each row's error would be if the row had been left out: no refitting needed.
left_out <- errors / (1 - hatvalues(fit))

cat(sprintf("rows=%d coefficients=%d\n", nrow(rows), length(coef(fit))))
cat(sprintf(
  "r_squared=%.12f rmse=%.9f residual_sd=%.9f loo_rmse=%.9f\n",
  described$r.squared, sqrt(mean(errors^2)), described$sigma, sqrt(mean(left_out^2))
))

interval <- confint(fit, level = confidence)
coefficients <- data.frame(
  term = gsub("`", "", names(coef(fit))),
  estimate = coef(fit),
  standard_error = described$coefficients[, "Std. Error"],
  lower = interval[, 1],
  upper = interval[, 2]
)

dir.create(model_folder, recursive = TRUE, showWarnings = FALSE)
dir.create(file.path(output_folder, "data"), recursive = TRUE, showWarnings = FALSE)
saveRDS(fit, file.path(model_folder, "model.rds"))
write.csv(format(coefficients, digits = 12, trim = TRUE), file.path(output_folder, "data", "coefficients.csv"), row.names = FALSE, quote = FALSE)
