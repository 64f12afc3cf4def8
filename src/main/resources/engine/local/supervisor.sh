#!/bin/sh
# Runs one start of a program and outlives the server that asked for it.
#
#   setsid sh supervisor.sh ATTEMPT LOG BLOCKS LIMIT GRACE [CGROUP]
#
# ATTEMPT  folder of this start; holds "command", a file that sets the positional parameters
# LOG      output goes to its end, until it is BLOCKS blocks of 512 bytes long
# LIMIT    seconds until the program is stopped by itself; 0: never
# GRACE    seconds between SIGTERM and SIGKILL
# CGROUP   file that makes the program a member of its control group
#
# Leaves in ATTEMPT, each written in one step:
#   process  "pid starttime boot_id" of this shell, before anything runs
#   child    pid of the program's process group
#   limit    exists when the time limit was reached
#   exit     the exit code as shells count (137 = SIGKILL), once all output is in LOG
#
# Signals: USR1 stops (TERM, GRACE, KILL), USR2 kills at once. TERM is for the program, not for us.
trap '' TERM HUP INT
early=
trap 'early=${early:-stop}' USR1
trap 'early=kill' USR2

cd "$1" || exit 70
attempt=$1 log=$2 blocks=$3 limit=$4 grace=$5
cgroup=${6:-}

# Whoever holds the lock runs the program; whoever finds "process" came too late. So however often
# and whenever a server is killed between fork and bookkeeping, there is one start.
exec 9>lock
flock -n 9 || exit 75
[ ! -e process ] || exit 75
read -r stat <"/proc/$$/stat"
read -r boot </proc/sys/kernel/random/boot_id
set -- ${stat##*) }
printf '%s %s %s\n' "$$" "${20}" "$boot" >process.new && mv process.new process || exit 70

# The command line and its quotes come from a file, so that nobody reads them in our own arguments.
. ./command

# All output goes through one pipe into one file. The limit on the file's size binds the writer
# alone; beyond it only the last bytes are kept, aside, to tell why a program failed. Programs never
# hold the file itself: "> /dev/stderr" would empty it.
mkfifo output || exit 70
(
  exec 9>&- <output
  ulimit -c 0
  ulimit -S -f "$blocks"
  while :; do
    cat >>"$log"
    case $? in
      0) exit ;;
      153) break ;;   # 128 + SIGXFSZ
      *)              # killed, or a full disk: the program must not notice
        [ -d "$attempt" ] || exec cat >/dev/null  # nor that nobody will read it
        sleep 1
        ;;
    esac
  done
  ulimit -S -f unlimited
  [ -e ../../log.cut ] || printf '\n[byoa] The log has reached its limit of %s KiB; later lines are not kept.\n' \
    "$((blocks / 2))" >>"$log"
  : >../../log.cut
  exec tail -c 65536 >last
) &
writer=$!
exec 8>output

# $! is the leader of a session and group of its own, since setsid does not fork here.
(
  exec 9>&- >&8 2>&1 3>status </dev/null 8>&-
  [ -z "$cgroup" ] || echo 0 >"$cgroup"
  exec setsid "$@"
) &
child=$!
exec 8>&-
printf '%s\n' "$child" >child

# Sends us signal $2 after $1 seconds; USR1 ends it before, its sleep with it.
timer() {
  (
    exec 9>&-
    trap 'kill -s KILL "$sleep" 2>/dev/null; exit' USR1
    sleep "$1" &
    sleep=$!
    wait "$sleep"
    kill -s "$2" "$$"
  ) &
}

stopping=
stop() {
  [ -z "$stopping" ] || return 0
  stopping=yes
  kill -s TERM -- "-$child" 2>/dev/null
  timer "$grace" USR2
  timers="$timers $!"
}

timers=
woken=
trap 'woken=yes; stop' USR1
trap 'woken=yes; kill -s KILL -- "-$child" 2>/dev/null' USR2
trap 'woken=yes; : >limit; stop' ALRM
if [ "$limit" -gt 0 ]; then
  timer "$limit" ALRM
  timers=$!
fi
case $early in
  stop) stop ;;
  kill) kill -s KILL -- "-$child" ;;
esac

# A signal ends "wait" with the signal's number, whatever the program does.
wait "$child"
code=$?
while [ -n "$woken" ]; do
  woken=
  wait "$child"
  again=$?
  [ "$again" -eq 127 ] && [ "$code" -ne 138 ] && [ "$code" -ne 140 ] && [ "$code" -ne 142 ] && break
  code=$again
done
trap '' USR1 USR2 ALRM

# What the program left in its group has no business here any more. In a namespace nothing is left.
kill -s KILL -- "-$child" 2>/dev/null
for timer in $timers; do kill -s USR1 "$timer" 2>/dev/null; done
wait "$writer"

# A full disk must not cost the exit code. Somebody who deletes our folder does not want it.
until printf '%s\n' "$code" >exit.new && sync exit.new "$log" && mv exit.new exit && sync .; do
  [ -d "$attempt" ] || exit 70
  sleep 5
done
