# The commands people repeat. `make` lists them.
.DEFAULT_GOAL := help
.PHONY: help run run-in-memory demo story test all ci format spelling load bench guessing guessing-run slow-clients timing mutation fuzz rolling-upgrade backup-drill failover distribution

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' Makefile

run: ## run the service on localhost:8080
	mvn -q -Prun

run-in-memory: ## the same on storage in memory, for learning: nothing is kept, and no database is needed
	mvn -q -Prun-in-memory -pl adapters-web -am

demo: ## Latchkey, a service and an Angular application, with made-up users
	bash examples/demo

story: ## the story test alone, without a database, in seconds
	mvn -q -pl application -am test -Dtest=InMemoryStoryTest -Dsurefire.failIfNoSpecifiedTests=false

test: ## the tests of one module and of those it needs: make test m=domain
	@test -n "$(m)" || { echo "Which module? Say: make test m=domain" >&2; exit 2; }
	mvn -B -ntp -pl $(m) -am verify

all: ## everything that mvn verify checks
	mvn -B -ntp verify

distribution: ## the archive and the jar that people install, in distribution/target
	mvn -B -ntp -Pdistribution -DskipTests package

ci: ## what continuous integration does
	bash .ci/run

format: ## format the Java code
	bash .ci/format

spelling: ## the words of the documents and of the code
	bash .ci/spelling

load: ## exchanges against two nodes that are killed all the time, then what they cost the database
	bash .ci/load

rolling-upgrade: ## nodes of the previous version replaced by this one under load, and back
	bash .ci/rolling-upgrade

backup-drill: ## back up, destroy and restore
	bash .ci/backup

failover: ## the primary of a PostgreSQL under Patroni fails under load, with two nodes behind HAProxy
	bash .ci/failover

bench: ## how fast the service is, beside what the hardware allows; needs a machine that does nothing else
	bash benchmarks/run

guessing: ## what honest users notice while others guess passwords
	bash .ci/guessing

slow-clients: ## what honest clients notice beside thousands that are slow or idle
	bash .ci/slow-clients

guessing-run: ## what 10 000 guesses at one account come to, from one address and from 1000
	bash .ci/guessing-run

timing: ## whether the time of an answer tells if an account exists
	bash .ci/timing

mutation: ## which small faults the tests of domain and application would miss
	mvn -B -ntp -Pmutation -pl domain,application verify

fuzz: ## hostile input for a parser, for 10 minutes or for d: make fuzz t=StrictJsonReaderFuzzTest d=1h
	@file=$$(find */src/test -name '*FuzzTest.java' -name '$(t).java'); \
	if [ -z "$$file" ]; then \
	  echo "Which target? Say: make fuzz t=TARGET, of these:" >&2; \
	  find */src/test -name '*FuzzTest.java' -exec basename -a -s .java {} + | sort >&2; exit 2; \
	fi; \
	set -x; mvn -B -ntp -Pfuzz -pl "$${file%%/*}" -am verify -Dfuzz=$(t) -Dfuzz.duration=$(or $(d),10m)
