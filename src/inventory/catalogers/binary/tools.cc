// Shells and tools.
//
// Not here: vim, whose text names the release but not the patches that matter; rsync, whose version
// stands in its code and not in a text.
#include "inventory/catalogers/binary/classifier.h"

namespace vigil::inventory::binary {
namespace {

constexpr Classifier kRows[] = {
    {"busybox", "busybox busybox-* busybox.*", "BusyBox v<0.0.0r> (", "busybox:busybox"},
    {"bash", "bash", "@(#)Bash version <0.0.0>(", "gnu:bash"},
    {"git", "git", "{0}git/<0.0.0+r>{0}", "git-scm:git", "git"},
    {"curl", "curl", "{0}curl <0.0.0r> (", "haxx:curl"},
    {"curl", "curl", "{0}curl/<0.0.0r>{0}", "haxx:curl"},
    {"wget", "wget", "{0}<1.20+>{0}", "gnu:wget", "", "GNU Wget %s, a non-interactive"},
    {"gnupg", "gpg gpg2", "OpenPGP server <0.0.0r> ready", "gnupg:gnupg"},
    {"sudo", "sudo", "Sudo version %s{nl}{0}<0.0.0p>{0}", "sudo_project:sudo"},
    {"tar", "tar", "{0}<1.0+>{0}", "gnu:tar", "", "bug-tar@gnu.org"},
    {"gzip", "gzip", "{0}<1.0+>{0}", "gnu:gzip", "", "bug-gzip@gnu.org"},
    {"xz", "xz", "(XZ Utils) <0.0.0r>", "tukaani:xz"},
    {"zstd", "zstd", "v<0.0.0>{0}Zstandard CLI", "facebook:zstandard"},
    {"gawk", "gawk", "{0}GNU Awk <0.0.0r>{0}", "gnu:gawk"},
    {"jq", "jq jq-linux*", "{0}jq-<1.0+r>{0}", "jqlang:jq"},
    {"ffmpeg", "ffmpeg ffprobe", "%s version <0.0+>{text}{0}%sbuilt with", "ffmpeg:ffmpeg"},
    {"ffmpeg", "ffmpeg ffprobe", "%s version n<0.0+>{text}{0}%sbuilt with", "ffmpeg:ffmpeg"},
    {"qemu", "qemu-system-* qemu-img qemu-nbd qemu-io", "QEMU emulator version <0.0.0>",
     "qemu:qemu"},
    {"qemu", "qemu-img", "qemu-img version <0.0.0>", "qemu:qemu"},
    {"qemu", "qemu-nbd", "qemu-nbd version <0.0.0>", "qemu:qemu"},
    {"tcpdump", "tcpdump", "%s version <0.0+>{nl}", "tcpdump:tcpdump"},
    {"nmap", "nmap", "https://nmap.org{0}<0.0>{0}", "nmap:nmap"},
    {"fluent-bit", "fluent-bit", "{0}<0.0.0>{0}%sFluent Bit v", "treasuredata:fluent_bit",
     "fluent-bit"},
};

}  // namespace

std::span<const Classifier> tools() {
  return kRows;
}

}  // namespace vigil::inventory::binary
