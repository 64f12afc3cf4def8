# Everything there is to do here, by name. `make` or `make help` lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help
# Or make would look for a rule that makes each of our sources, a quarter of a second at each start.
MAKEFLAGS += --no-builtin-rules

export JAVA_HOME := $(shell .mvn/java-home)
java := $(JAVA_HOME)/bin/java
application := target/quarkus-app/quarkus-run.jar
cache := target/quarkus-app/app.aot
# Quiet (the JDK warns about what Netty does, and about a cache it cannot use), small, quick to start.
java_flags := --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Xlog:aot=off \
	-XX:+UseSerialGC -Xms64m -Xmx512m
start := $(java) $(java_flags) -XX:AOTCache=$(cache) -jar $(application)
sources := pom.xml $(shell find src/main -type f)

.PHONY: help run build test reliability bench docs openapi format admin-token java

help: ## list what make can do
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Whoever is told to stop, make or the server, the other stops too, and that is no error (143 is 128 + TERM).
run: $(cache) ## build what is missing and start BYOA; Ctrl-C stops it
	@$(start) & server=$$!; trap "kill $$server 2>/dev/null" INT TERM HUP; \
	while kill -0 $$server 2>/dev/null; do wait $$server; code=$$?; done; \
	test $$code = 143 || exit $$code

build: $(cache) ## build the application: java -jar target/quarkus-app/quarkus-run.jar

test: java ## run every test, after installing what they need
	@build/install-test-needs
	@rm -f target/jacoco.exec target/site/coverage/jacoco.csv
	@./mvnw -B verify; code=$$?; build/say-coverage; exit $$code

reliability: java ## the long form of what make test does in short: kills, with a seed to repeat them
	./mvnw -B verify -Dcoverage.unchecked=true -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test='KillsIT,HaltIT,ReplicasIT,FollowManyIT' \
		-Dbyoa.reliability.long=true -Dbyoa.reliability.kills=10 -Dbyoa.reliability.jobs=5 -Dbyoa.reliability.lines=400 $(if $(SEED),-Dbyoa.reliability.seed=$(SEED))

bench: ## measure speed and weight against the promises (bench/README.md)
	@bench/run $(PARTS)

docs: java ## write docs/settings.md from the code
	./mvnw -q -B test -Dtest=SettingsFileTest -Dbyoa.docs.write=true

openapi: java ## write docs/openapi.yaml from the code
	./mvnw -q -B verify -Dcoverage.unchecked=true -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=OpenApiFileIT -Dbyoa.openapi.write=true

format: java ## format the sources the way the build wants them
	./mvnw -q -B spotless:apply

admin-token: $(cache) ## make another admin token, whether BYOA is running or not
	@exec $(start) admin-token

# Says that there is no JDK 25 once and stops, instead of failing in the middle.
java:
	@test -n "$(JAVA_HOME)" || exit 1

$(application): $(sources) | java
	@echo "Building BYOA (the first time takes a few minutes) ..."
	@./mvnw -q -B package -DskipTests
	@touch $@

$(cache): $(application)
	@echo "Recording a start, so that the next ones are quick ..."
	@rm -f $@
	@build/train $(java) $(java_flags)
	@touch $@
