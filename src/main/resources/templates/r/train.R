# Linear regression of one column on all others. Replace it with what you have to train.

# The platform says where things are. The defaults are the same places, for a container of your own.
place <- function(name, otherwise) {
  value <- Sys.getenv(name)
  if (nzchar(value)) value else otherwise
}
training <- place("SM_CHANNEL_TRAINING", "/opt/ml/input/data/training")
model_folder <- place("SM_MODEL_DIR", "/opt/ml/model")
output_folder <- place("SM_OUTPUT_DIR", "/opt/ml/output")
for (folder in c(model_folder, file.path(output_folder, "data"))) {
  dir.create(folder, recursive = TRUE, showWarnings = FALSE)
}

# For input that the person who launched the job has to correct. The first 1,024 characters of this
# file become the job's failure.
bad_input <- function(...) {
  writeLines(paste0(...), file.path(output_folder, "failure"))
  message(...)
  quit(save = "no", status = 2)
}

# Parameters come as flags, "--target population --confidence 0.95", over these defaults.
options <- list(target = "population", confidence = "0.95")
flags <- commandArgs(trailingOnly = TRUE)
if (length(flags)) options[sub("^--", "", flags[c(TRUE, FALSE)])] <- flags[c(FALSE, TRUE)]

files <- sort(list.files(training, "\\.csv$", recursive = TRUE, full.names = TRUE))
if (!length(files)) bad_input("The channel 'training' holds no .csv file.")
rows <- tryCatch(do.call(rbind, lapply(files, read.csv, check.names = FALSE)), error = function(problem) {
  bad_input("The .csv files cannot be read: ", conditionMessage(problem))
})
if (!options$target %in% names(rows)) {
  bad_input("There is no column '", options$target, "'; the columns are ", paste(names(rows), collapse = ", "), ".")
}
if (!all(vapply(rows, is.numeric, logical(1))) || anyNA(rows)) bad_input("All values have to be numbers.")
if (ncol(rows) < 2 || nrow(rows) <= ncol(rows)) bad_input("At least two columns, and more rows than columns, are needed.")

others <- setdiff(names(rows), options$target)
fit <- lm(reformulate(sprintf("`%s`", others), sprintf("`%s`", options$target)), rows)

# Metrics are read from lines like this one; algorithm.json says how.
cat(sprintf(
  "rows=%d r_squared=%.9f rmse=%.9f\n",
  nrow(rows), summary(fit)$r.squared, sqrt(mean(residuals(fit)^2))
))

saveRDS(fit, file.path(model_folder, "model.rds"))

# What is not the model, but worth keeping, goes to output/data.
interval <- confint(fit, level = as.numeric(options$confidence))
coefficients <- data.frame(
  term = gsub("`", "", names(coef(fit))), estimate = coef(fit), lower = interval[, 1], upper = interval[, 2]
)
write.csv(coefficients, file.path(output_folder, "data", "coefficients.csv"), row.names = FALSE, quote = FALSE)
