// Programs written in Go. Their modules are read from the build information by the cataloguer for
// Go; these rows name the product itself, by the version that its makers gave the linker (-X) and
// the Go tools noted in the build information.
#include "inventory/catalogers/binary/classifier.h"

namespace vigil::inventory::binary {
namespace {

constexpr std::string_view kKubernetes = "k8s.io/component-base/version.gitVersion=v<0.0.0r>";
constexpr std::string_view kPrometheus = "github.com/prometheus/common/version.Version={v}<0.0.0r>";

constexpr Classifier kRows[] = {
    {"kubernetes",
     "kubectl kubelet kubeadm kube-apiserver kube-controller-manager kube-scheduler kube-proxy",
     kKubernetes, "kubernetes:kubernetes"},
    {"helm", "helm", "helm.sh/helm/v3/internal/version.version=v<0.0.0r>", "helm:helm", "helm"},
    {"docker-cli", "docker", "github.com/docker/cli/cli/version.Version={v}<0.0.0r>",
     "docker:command_line_interface", "docker-cli"},
    {"dockerd", "dockerd", "github.com/docker/docker/dockerversion.Version={v}<0.0.0r>",
     "mobyproject:moby"},
    {"containerd", "containerd ctr", "github.com/containerd/containerd/version.Version={v}<0.0.0r>",
     "linuxfoundation:containerd"},
    {"containerd", "containerd ctr",
     "github.com/containerd/containerd/v2/version.Version={v}<0.0.0r>",
     "linuxfoundation:containerd"},
    {"runc", "runc", "-X main.version={v}<0.0.0r>", "linuxfoundation:runc"},
    {"prometheus", "prometheus", kPrometheus, "prometheus:prometheus", "prometheus"},
    {"alertmanager", "alertmanager", kPrometheus, "prometheus:alertmanager", "alertmanager"},
    {"node_exporter", "node_exporter", kPrometheus, "prometheus:node_exporter"},
    {"grafana", "grafana grafana-server", "-X main.version={v}<0.0.0r>", "grafana:grafana",
     "grafana"},
    {"traefik", "traefik", "github.com/traefik/traefik/v2/pkg/version.Version={v}<0.0.0r>",
     "traefik:traefik"},
    {"traefik", "traefik", "github.com/traefik/traefik/v3/pkg/version.Version={v}<0.0.0r>",
     "traefik:traefik"},
    {"consul", "consul", "github.com/hashicorp/consul/version.GitDescribe={v}<0.0.0r>",
     "hashicorp:consul", "consul"},
    {"etcd", "etcd etcdctl", "go.etcd.io/etcd/api/v3/version.Version={v}<0.0.0r>", "etcd:etcd",
     "etcd"},
    {"influxdb", "influxd", "-X main.version={v}<0.0.0r>", "influxdata:influxdb", "influxdb"},
    {"gitea", "gitea", "code.gitea.io/gitea/modules/setting.AppVer={v}<0.0.0r>", "gitea:gitea",
     "gitea"},
    {"cockroach", "cockroach", "github.com/cockroachdb/cockroach/pkg/build.tag={v}<0.0.0r>",
     "cockroachlabs:cockroachdb"},
};

}  // namespace

std::span<const Classifier> cloud_programs() {
  return kRows;
}

}  // namespace vigil::inventory::binary
