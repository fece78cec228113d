#pragma once

#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer with the arguments of a command line; what it has found out is its exit status.
int LLVMFuzzerRunDriver(int *count, char ***arguments,
                        int (*input)(const uint8_t *bytes, size_t count));
