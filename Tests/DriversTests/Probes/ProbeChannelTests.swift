import CanonicalJSON
import Drivers
import Foundation
import PlanModel
import PlanText
import RotationEngine
import RotationGraph
import TestSupport
import Testing

@Suite("A look at a server's ports, with real listeners")
struct ProbeChannelTests {
  /// Two certificates for 127.0.0.1, and servers that present them.
  private struct Bench {
    let folder: TestFolder
    let old: TLSServer
    let new: TLSServer
    let newLeaf: Fingerprint
    let oldLeaf: Fingerprint

    init() async throws {
      let folder = try TestFolder()
      func make(_ name: String) async throws -> (TLSServer, Fingerprint) {
        let made = try await folder.shell(
          "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=\(name) "
            + "-addext subjectAltName=IP:127.0.0.1 -keyout \(name).key -out \(name).pem && "
            + "openssl x509 -in \(name).pem -noout -fingerprint -sha256")
        let digits = try #require(made.output.split(separator: "=").last).filter(\.isHexDigit)
        return (
          try await TLSServer(
            certificate: "\(folder.path)/\(name).pem", key: "\(folder.path)/\(name).key"),
          try #require(Fingerprint("sha256:\(digits)"))
        )
      }
      (old, oldLeaf) = try await make("old")
      (new, newLeaf) = try await make("new")
      self.folder = folder
    }
  }

  private func request(
    _ ports: ServerPorts, pin: Fingerprint?, viewpoints: [Viewpoint] = []
  ) -> StepRequest {
    let plan = RotationPlan(
      name: Located("emea-2026"),
      certificates: [
        CertificateSource(
          name: Located("paris-2026"), container: .pkcs12(Located("paris.p12")),
          fingerprint: pin.map { Located($0) })
      ],
      sites: [
        Site(
          name: Located("paris"),
          servers: [
            Server(
              name: Located("sepm-par-01"), address: Located("127.0.0.1"),
              certificate: Located("paris-2026"), ports: ports)
          ],
          automation: [
            AutomationRule(
              action: Located(.verifyCertificate), channel: Located(.probe(viewpoints)))
          ])
      ])
    let graph = StepGraph(
      plan: plan,
      steps: [Step(.verifyCertificate, on: .server(site: 0, server: 0), by: .probe)],
      dependencies: AdjacencyTable([[]]))
    return StepRequest(
      run: "emea-2026-1", graph: graph, step: 0, attempt: 1,
      startedAt: Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000)))
  }

  private func channel(
    before: PortRecord? = nil, patience: Duration = .seconds(60)
  ) -> ProbeChannel {
    ProbeChannel(
      probe: TLSProbe(patience: patience), commands: CommandSteps.channel(),
      sources: .init(before: { _ in before }))
  }

  @Test(
    "Mixed answers are named by their ports and services, and the same look succeeds once all are new"
  )
  func mixture() async throws {
    let bench = try await Bench()
    let closed = try #require(LoopbackListener(.closed))
    let ports = ServerPorts(
      console: Located(bench.new.port), clients: Located(bench.old.port),
      reporting: Located(closed.port), api: Located(bench.new.port))
    let request = request(ports, pin: bench.newLeaf)
    let before = PortRecord([
      PortSight(port: bench.new.port, .leaf(bench.oldLeaf)),
      PortSight(port: bench.old.port, .leaf(bench.oldLeaf)),
    ])
    let failure = try #require(await channel(before: before).perform(request).failure)
    #expect(
      failure.message
        == "sepm-par-01: \(bench.new.port) new, \(bench.old.port) old, \(bench.new.port) new: the web "
        + "server service (`semwebsrv`) was not restarted.")
    #expect(failure.isRetryable)
    guard case .notDone = await channel(before: before).observe(request) else {
      Issue.record("an old certificate passes")
      return
    }
    let all = self.request(
      ServerPorts(
        console: Located(bench.new.port), clients: Located(bench.new.port),
        reporting: Located(closed.port), api: Located(bench.new.port)), pin: bench.newLeaf)
    let evidence = await channel(before: before).perform(all).evidence
    let chain = try #require(evidence["chains"]?[bench.newLeaf.description])
    #expect(chain["name"]?.string == "new")
    #expect(chain["valid"]?.bool == true && chain["coversAddress"]?.bool == true)
    #expect(evidence["ports"]?["\(closed.port)"] == .null)
    guard case .done = await channel(before: before).observe(all) else {
      Issue.record("a new certificate does not pass")
      return
    }
    withExtendedLifetime((bench, closed)) {}
  }

  @Test("What is recorded before is what the proof is held against")
  func record() async throws {
    let bench = try await Bench()
    let closed = try #require(LoopbackListener(.closed))
    let ports = ServerPorts(
      console: Located(bench.old.port), clients: Located(bench.new.port),
      reporting: Located(closed.port), api: Located(bench.old.port))
    let request = request(ports, pin: bench.newLeaf)
    let record = try #require(PortRecord(try await channel().record(request).members))
    #expect(record.sights.map(\.leaf) == [bench.oldLeaf, bench.newLeaf, nil, bench.oldLeaf])
    withExtendedLifetime((bench, closed)) {}
  }

  @Test("A server that does not answer has not told anything")
  func nobody() async throws {
    let closed = try #require(LoopbackListener(.closed))
    let silent = try #require(LoopbackListener(.silent))
    let ports = ServerPorts(
      console: Located(closed.port), clients: Located(silent.port),
      reporting: Located(closed.port), api: Located(closed.port))
    let request = request(ports, pin: Fingerprint(CommandSteps.fingerprint))
    let channel = channel(patience: .milliseconds(300))
    #expect(await channel.perform(request).failure?.isRetryable == true)
    guard case .inconclusive = await channel.observe(request) else {
      Issue.record("no answer is an answer")
      return
    }
    withExtendedLifetime((closed, silent)) {}
  }

  @Test("Without a certificate to look for nothing is proved")
  func noPin() async throws {
    let failure = try #require(await channel().perform(request(.standard, pin: nil)).failure)
    #expect(!failure.isRetryable && failure.message.contains("Nobody knows"))
  }

  @Test("Programs look from elsewhere, and what they print is part of the proof")
  func viewpoints() async throws {
    let bench = try await Bench()
    let ports = ServerPorts(
      console: Located(bench.new.port), clients: Located(bench.new.port),
      reporting: Located(bench.new.port), api: Located(bench.new.port))
    func viewpoint(_ name: String, _ line: String) -> Viewpoint {
      Viewpoint(
        name: Located(name), arguments: ["sh", "-c", line, "{server.address}"].map { Located($0) })
    }
    let port = bench.new.port
    let good = viewpoint(
      "berlin", "echo '{\"ports\":{\"\(port)\":\"\(bench.newLeaf)\",\"8014\":null}}'")
    let bad = viewpoint("jump", "echo '{\"ports\":{\"\(port)\":\"\(bench.oldLeaf)\"}}'")
    let silent = viewpoint("rome", "exit 0")
    let broken = viewpoint("oslo", "echo no route >&2; exit 255")
    let fine = await channel().perform(request(ports, pin: bench.newLeaf, viewpoints: [good]))
    #expect(fine.evidence["seenFrom"]?["berlin"]?["\(port)"]?.string == bench.newLeaf.description)
    #expect(fine.failure == nil)
    let failure = try #require(
      await channel().perform(
        request(ports, pin: bench.newLeaf, viewpoints: [good, bad, silent, broken])
      ).failure)
    #expect(failure.message.contains("From `jump` sepm-par-01 shows \(port) another certificate"))
    #expect(
      failure.message.contains("`rome` could not look at sepm-par-01: its program did not print"))
    #expect(
      failure.message.contains(
        "`oslo` could not look at sepm-par-01: `sh` ended with exit status 255: no route."))
    #expect(
      failure.evidence["seenFrom"]?.object?.map(\.name) == ["berlin", "jump", "rome", "oslo"])
    withExtendedLifetime(bench) {}
  }
}
