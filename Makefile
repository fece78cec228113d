# Each target says what it does: `make help`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# Warnings of Waltz are errors; SwiftPM builds the packages it depends on without warnings.
STRICT := -Xswiftc -warnings-as-errors

# Without a bound every test begins at once: a thousand open files and hundreds of processes, and none ends for minutes.
AT_ONCE := --experimental-maximum-parallelization-width
WIDTH = $(shell swift test --help-hidden 2>/dev/null | grep -q -- $(AT_ONCE) && echo $(AT_ONCE) 32)
SWIFT_FILES := Package.swift Sources Tests Benchmarks/Sources Fuzzing/Package.swift Fuzzing/Sources

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: set-up
set-up: # installs libcrypto, libyaml, SQLite and pkg-config with apt where they are missing
	@.ci/set-up

.PHONY: demo
demo: build ## set up, build, run the quickstart rotation against the simulated estate, rehearse it in a lab
	@.ci/demo .build/release/waltz

.PHONY: rehearsal
rehearsal: build ## rehearse four plans in labs, with kills and faults, and one that has to be stopped
	@.ci/rehearsal .build/release/waltz

.PHONY: build
build: set-up ## build the release: .build/release/waltz
	@echo "Building the release; the first time takes some minutes."
	@swift build -c release --product waltz

.PHONY: manual
manual: build ## write a manual page for each command: .build/manual
	@Manual/write .build/release/waltz .build/manual

# What is built is installed, and nothing is built here: it may run as another user, without a toolchain.
.PHONY: install
install: ## install the program, its manual and its completions, after `make manual`: PREFIX=/usr/local DESTDIR=
	@Manual/install .build/release/waltz .build/manual "$(DESTDIR)$(or $(PREFIX),/usr/local)"

.PHONY: test
test: set-up lint ## set up, check the format, build with warnings as errors, run all tests and a sample of crashes
	@.ci/set-up openssl keytool ssh sshd # they make the certificates of the tests, and are a server to run commands on
	@swift build --build-tests $(STRICT)
	@swift test --skip-build --disable-xctest $(STRICT) $(WIDTH)
	@$(MAKE) formats
	@$(MAKE) clients
	@$(MAKE) crash-sample
	@$(MAKE) schemas
	@$(MAKE) recipes
	@$(MAKE) monitoring
	@$(MAKE) manual-check
	@$(MAKE) fuzz-sample

.PHONY: schemas
schemas: # the JSON Schemas, with a validator that is not ours
	@.ci/set-up-checks
	@.build/checks/bin/python Tests/Schema/check-schemas.py .build/debug/waltz

.PHONY: recipes
recipes: # the files in docs/CI.md and the hooks, with the programs that read them
	@.ci/set-up-checks
	@.build/checks/bin/python Tests/Recipes/check-recipes.py .build/debug/waltz

.PHONY: formats
formats: # the report formats, read by what reads them
	@.ci/set-up-checks
	@.build/checks/bin/python Tests/Formats/check-formats.py .build/debug/waltz

.PHONY: report-check
report-check: build ## look at reports in a browser: schemes, paper, 320 pixels, Jenkins' policy, accessibility
	@.ci/set-up chromium
	@.ci/set-up-checks .build/browser Tests/Reports/requirements.txt
	@.build/browser/bin/python Tests/Reports/check-reports.py .build/release/waltz

.PHONY: dashboard-check
dashboard-check: build ## look at the dashboard in a browser, and attack it
	@.ci/set-up chromium
	@.ci/set-up-checks .build/browser Tests/Reports/requirements.txt
	@.build/browser/bin/python Tests/Dashboard/check-dashboard.py .build/release/waltz

.PHONY: clients
clients: # a lab, asked by a client of SEPM that is not ours
	@.ci/set-up-checks
	@.build/checks/bin/python Tests/Clients/check-clients.py .build/debug/waltz

.PHONY: monitoring
monitoring: # the metrics, the alert rules and the dashboard, with promtool
	@.ci/set-up python3
	@.ci/set-up-promtool
	@python3 Tests/Monitoring/check-monitoring.py .build/debug/waltz

.PHONY: manual-check
manual-check: # the manual, with what reads manuals, and an installation in a folder
	@.ci/set-up mandoc
	@Manual/check .build/debug/waltz

.PHONY: release-check
release-check: build # the release, where only it may go wrong
	@Tests/Release/check-release.sh .build/release/waltz

.PHONY: lint
lint: # the format of every Swift file
	@swift format lint --strict --parallel --recursive $(SWIFT_FILES)

.PHONY: docs
docs: set-up ## write docs/DIAGNOSTICS.md from the catalogue
	@swift build --product waltz
	@"$$(swift build --show-bin-path)/waltz" explain --all --format markdown > docs/DIAGNOSTICS.md

.PHONY: format
format: ## put every Swift file into the format
	@swift format --in-place --parallel --recursive $(SWIFT_FILES)

# SIGKILL leaves what the system has in memory alone, so that a file system in memory proves as much as a
# disk, in a tenth of the time.
# The compiler that came with Swift does where there is no other.
CRASH := CC=$$(command -v cc || command -v clang) \
  TMPDIR=$$([ -w /dev/shm ] && echo /dev/shm || echo "$${TMPDIR:-/tmp}") Tests/Crash/

.PHONY: flips
flips: set-up ## flip every bit of a small state file, one at a time, and use the file each time (an hour or two)
	@swift build --build-tests $(STRICT)
	@WALTZ_FLIP_DISTANCE=1 swift test --skip-build --disable-xctest $(STRICT) --filter FlipTests

.PHONY: crash
crash: build ## kill a run right before every call that writes to disk, resume each, compare the ends
	@.ci/set-up python3
	@$(CRASH)kill-everywhere.py .build/release/waltz plans/one-server.yaml --jobs $$(nproc)
	@$(CRASH)kill-everywhere.py .build/release/waltz plans/one-server.yaml --jobs $$(nproc) --torn
	@$(CRASH)kill-everywhere.py .build/release/waltz plans/one-server.yaml --jobs $$(nproc) --again 1
	@$(CRASH)kill-everywhere.py .build/release/waltz plans/quickstart.yaml --jobs $$(nproc) \
	  --every 11 --torn --again 2

.PHONY: take-over
take-over: build ## stop a run at random 1,000 times, let another executor finish it and the first go on
	@.ci/set-up python3
	@$(CRASH)take-over.py .build/release/waltz plans/one-server.yaml --jobs $$(nproc)

.PHONY: crash-sample
crash-sample: # the same at a few calls
	@.ci/set-up python3
	@$(CRASH)killpoint-test.sh
	@$(CRASH)kill-everywhere.py .build/debug/waltz plans/one-server.yaml --jobs $$(nproc) --every 53
	@$(CRASH)kill-everywhere.py .build/debug/waltz plans/one-server.yaml --jobs $$(nproc) --from 7 \
	  --every 53 --torn --again 1
	@$(CRASH)take-over.py .build/debug/waltz plans/one-server.yaml --times 6 --jobs $$(nproc)

.PHONY: fuzz
fuzz: ## feed every reader of strangers' bytes with made-up inputs, for an hour in all
	@Fuzzing/run all

.PHONY: fuzz-sample
fuzz-sample: # every seed once
	@Fuzzing/run sample

.PHONY: forge
forge: set-up ## put hostile texts into plans, notes, arguments and records, and look at all that is printed, for long
	@WALTZ_FORGERY_ROUNDS=$${ROUNDS:-100} swift test --disable-xctest $(STRICT) --filter 'Forged|RunProperty|Printout'

.PHONY: calibrate
calibrate: set-up ## hold forecasts of waits and plans against what came, in simulated estates of six kinds, 400 seeds each or more
	@swift build -c release --product waltz-bench
	@swift build -c release --product waltz
	@Benchmarks/forecast-vs-outcome .build/release/waltz
	@.build/release/waltz-bench calibrate 400

.PHONY: bench
bench: set-up ## measure against libyaml and SQLite in the same run, print ratios
	@Benchmarks/run
	@Benchmarks/validate-vs-check-jsonschema
	@Benchmarks/census-vs-curl
