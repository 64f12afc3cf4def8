# Sourced by the first process of fresh namespaces: functions that build another root in $new, a
# folder of this machine, and run a program in it. See UnshareSandbox, which writes the calls.

fail() {
  echo "The sandbox could not be set up: $*" >&2
  exit 1
}

begin() {
  umask 022
  new=$1
  writable=
  mount -t tmpfs -o mode=0755 byoa "$new" || fail "no tmpfs"
}

# An empty folder with mode $2.
empty() {
  [ -d "$new$1" ] || mkdir -p "$new$1" || fail "$1"
  mount -t tmpfs -o "mode=$2" byoa "$new$1" || fail "$1"
}

# $1 of this machine as $2.
bind() {
  if [ -d "$1" ]; then
    [ -d "$new$2" ] || mkdir -p "$new$2" || fail "$2"
  elif [ ! -e "$new$2" ]; then
    mkdir -p "$new${2%/*}" && : >"$new$2" || fail "$2"
  fi
  mount --rbind "$1" "$new$2" || fail "$2"
}

bind_writable() {
  bind "$1" "$2"
  writable="$writable $new$2 "
}

link() {
  ln -s "$1" "$new$2" || fail "$2"
}

# Only devices that hold no data of this machine.
devices() {
  empty /dev 0755
  for device in null zero full random urandom tty; do bind "/dev/$device" "/dev/$device"; done
  ln -s /proc/self/fd "$new/dev/fd"
  ln -s /proc/self/fd/0 "$new/dev/stdin"
  ln -s /proc/self/fd/1 "$new/dev/stdout"
  ln -s /proc/self/fd/2 "$new/dev/stderr"
  empty /dev/shm 1777
  writable="$writable $new/dev/shm "
}

processes() {
  mkdir "$new/proc" && mount -t proc proc "$new/proc" || fail "/proc"
  writable="$writable $new/proc "
}

# Everything that is not writable on purpose becomes read-only, mount by mount, each with the flags
# it has: a user namespace may not take them away.
seal() {
  while read -r _ _ _ _ point flags _; do
    case $point in
      "$new" | "$new"/*) ;;
      *) continue ;;
    esac
    case $point in *\\*) fail "a mount point with blanks: $point" ;; esac
    case $writable in *" $point "*) continue ;; esac
    case ,$flags, in *,ro,*) continue ;; esac
    # What another mount covers cannot be reached by anybody.
    mount -o "remount,bind,ro,${flags#rw,}" "$point" 2>/dev/null || [ ! -e "$point" ] ||
      fail "read-only $point"
  done <"$1"
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
  hostname algo-1 2>/dev/null || { echo algo-1 >/proc/sys/kernel/hostname; } 2>/dev/null
  mkdir "$new/.old" || fail "no folder for the old root"
  seal /proc/self/mountinfo
  cd "$new" && pivot_root . .old || fail "pivot_root"
  umount -l /.old || fail "the old root stays"
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
