# Sourced by the first process of fresh namespaces: functions that build another root in $new, a
# folder of this machine, and run a program in it. See UnshareSandbox, which writes the calls.

fail() {
  echo "The sandbox could not be set up: $*" >&2
  exit 1
}

# The new root is $1, in the kernel's table of mounts $2; our own tables go into the file $3.
begin() {
  umask 022
  new=$1
  prefix=$2
  table=$3
  writable=
  mount -t tmpfs -o mode=0755 byoa "$new" || fail "no tmpfs"
}

# Copies links of this machine to where they are, with the folders they are in.
links() {
  cp -P --parents "$@" "$new" || fail "links: $*"
}

# Empty files to mount others over, where there is none yet.
files() {
  for file in "$@"; do
    [ -e "$file" ] && continue
    [ -d "${file%/*}" ] || mkdir -p "${file%/*}" || fail "$file"
    : >"$file" || fail "$file"
  done
}

# Each argument is a line as of fstab.
mounts() {
  printf '%s\n' "$@" >"$table"
  mount -a -T "$table" || fail "mounts"
}

# What the program may write to, as the kernel's table of mounts writes it.
writable() {
  writable=" $* "
}

# Everything that is not writable on purpose becomes read-only, mount by mount, each with the flags
# it has: a user namespace may not take them away.
seal() {
  sealing >"$table"
  [ -s "$table" ] || fail "no mounts to seal"
  mount -a -T "$table" 2>/dev/null
  # What is done counts, not what that program says: it passes over what it takes for done already.
  sealing >"$table"
  # One that another mount covers cannot be sealed, and cannot be reached by anybody.
  while read -r _ point _ options _; do
    place=$(printf '%b' "$point")
    mount -o "$options" "$place" 2>/dev/null || [ ! -e "$place" ] || fail "read-only $place"
  done <"$table"
}

# The table is taken at once: a shell that reads it reads byte by byte, which takes a kernel long.
sealing() {
  set -f
  IFS='
'
  for line in $(cat /proc/self/mountinfo); do
    IFS=' '
    # shellcheck disable=SC2086 # the fields of the line
    set -- $line
    case $5 in "$prefix" | "$prefix"/*) ;; *) continue ;; esac
    case $writable in *" $5 "*) continue ;; esac
    case ,$6, in *,ro,*) continue ;; esac
    printf '%s\n' "byoa-seal $5 none remount,bind,ro,${6#rw,} 0 0"
  done
  unset IFS
  set +f
}

# The links to a program's standard streams, where this machine has none to copy.
streams() {
  for stream in fd= stdin=/0 stdout=/1 stderr=/2; do
    [ -L "$new/dev/${stream%=*}" ] ||
      ln -s "/proc/self/fd${stream#*=}" "$new/dev/${stream%=*}" || fail "/dev/${stream%=*}"
  done
}

# A network of its own begins without even a loopback; programs talk to themselves over it.
loopback() {
  ip link set lo up 2>/dev/null || python3 -c 'import fcntl, socket, struct
fcntl.ioctl(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), 0x8914, struct.pack("16sH22x", b"lo", 0x41))' 2>/dev/null
}

# The new root takes the old one's place; the rest of the arguments runs in it, in folder $1.
# The shell stays: as the first process of its namespace a program would not be ended by SIGTERM.
# When the shell ends, the kernel kills whatever is left.
enter() {
  folder=$1
  shift
  # A user namespace may call itself something, but not by writing to the machine's own file.
  { echo algo-1 >/proc/sys/kernel/hostname; } 2>/dev/null || hostname algo-1 2>/dev/null
  streams
  seal
  # The old root comes to lie over the new one (pivot_root(2)), and is taken away from there.
  cd "$new" && pivot_root . . || fail "pivot_root"
  umount -l . || fail "the old root stays"
  cd "$folder" || fail "$folder"
  echo started >&3
  # Of a program that ends by a signal, the shell would tell in the program's log.
  exec 6>&2 2>/dev/null 3>&- 7<&-
  (
    exec 2>&6 6>&-
    exec "$@"
  )
  exit
}
