// Mail, name, file, login and tunnel services.
#include "inventory/catalogers/binary/classifier.h"

namespace vigil::inventory::binary {
namespace {

constexpr Classifier kRows[] = {
    // What it knows of other versions ("OpenSSH_7.0*") has no patch level.
    {"openssh", "ssh sshd ssh-agent ssh-keygen ssh-keyscan", "OpenSSH_<0.0P>", "openbsd:openssh"},
    {"postfix", "master postconf", "mail_version=<0.0.0>", "postfix:postfix"},
    {"exim", "exim exim4", "{0}<4.0+>{0}", "exim:exim", "", "$smtp_active_hostname ESMTP Exim"},
    {"dovecot", "dovecot", "Dovecot v<0.0.0+> (", "dovecot:dovecot"},
    {"proftpd", "proftpd", "ProFTPD Version <0.0.0a>", "proftpd:proftpd"},
    {"vsftpd", "vsftpd", "vsftpd: version <0.0.0>", "vsftpd_project:vsftpd"},
    {"unbound", "unbound", "{0}unbound <0.0.0r>{0}", "nlnetlabs:unbound"},
    {"dnsmasq", "dnsmasq", "{0}dnsmasq-<0.0r>{0}", "thekelleys:dnsmasq"},
    {"openvpn", "openvpn", "{0}OpenVPN <0.0.0r> {word} [", "openvpn:openvpn"},
    {"keepalived", "keepalived", "Keepalived v<0.0.0> (", "keepalived:keepalived"},
    {"tor", "tor", "(on Tor <0.0.0.0r> ", "torproject:tor"},
    {"wpa_supplicant", "wpa_supplicant", "wpa_supplicant v<0.0>{nl}Copyright",
     "w1.fi:wpa_supplicant"},
    {"hostapd", "hostapd", "hostapd v<0.0>{nl}", "w1.fi:hostapd"},
};

}  // namespace

std::span<const Classifier> network_services() {
  return kRows;
}

}  // namespace vigil::inventory::binary
