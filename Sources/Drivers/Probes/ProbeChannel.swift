import CanonicalJSON
package import PlanModel
import PlanText
package import RotationEngine
import RotationGraph

/// Looks at what servers present on their TLS ports: the channel `probe` of `verify-certificate`, and what gates that
/// change a certificate are confirmed by. Changes nothing.
package struct ProbeChannel: Sendable {
  /// What the channel asks of whoever knows the run.
  package struct Sources: Sendable {
    /// The certificate that the step's server is to present; nil where neither the plan nor an examination of its
    /// file says it.
    package var wanted: @Sendable (StepRequest) async -> Fingerprint?

    /// What the server presented before it was changed; nil where nobody looked.
    package var before: @Sendable (StepRequest) async -> PortRecord?

    /// Sources; by themselves the pin of the plan, and no record.
    package init(
      wanted: @escaping @Sendable (StepRequest) async -> Fingerprint? = Self.pin,
      before: @escaping @Sendable (StepRequest) async -> PortRecord? = { _ in nil }
    ) {
      self.wanted = wanted
      self.before = before
    }

    /// The pin of the certificate that the step's server gets.
    @Sendable
    package static func pin(_ request: StepRequest) async -> Fingerprint? {
      StepSubject(of: request).certificate?.fingerprint?.value
    }
  }

  private let commands: CommandChannel
  private let probe: TLSProbe
  private let sources: Sources

  /// A channel.
  ///
  /// - Parameters:
  ///   - probe: Looks from here.
  ///   - commands: Starts the programs that look from elsewhere.
  ///   - sources: What is known of the run.
  package init(probe: TLSProbe = TLSProbe(), commands: CommandChannel, sources: Sources) {
    self.probe = probe
    self.commands = commands
    self.sources = sources
  }

  /// How long a look may take at most.
  package func timeLimit(of request: StepRequest) -> Duration {
    let longest = request.graph.viewpoints(of: request.step).map(\.timeout.value).max()
    return probe.timeLimit + (longest.map { $0 + CommandChannel.timeToEnd } ?? .zero)
  }

  /// What the step's server presents now, for the record.
  ///
  /// - Throws: Where this machine cannot look at all.
  package func record(_ request: StepRequest) async throws -> Evidence {
    guard let server = StepSubject(of: request).server else { return Evidence() }
    let (sights, chains) = try await look(at: server, since: request)
    return Evidence(
      [PortRecord(sights).evidence] + (chains.isEmpty ? [] : [.init("chains", .object(chains))]))
  }

  /// Carries out `verify-certificate`.
  package func perform(_ request: StepRequest) async -> StepAnswer {
    switch await proof(request) {
    case .success(let (proof, more)): proof.answer(more)
    case .failure(let failure): .failed(failure)
    }
  }

  /// Whether the step's server presents its certificate on every port.
  package func observe(_ request: StepRequest) async -> Finding {
    switch await proof(request) {
    case .success(let (proof, more)):
      switch proof.answer(more) {
      case .succeeded(let evidence): .done(evidence)
      case .failed(let failure):
        proof.isAnswered ? .notDone(failure.message) : .inconclusive(failure.message)
      case .needsOperator(let reason): .unknown(reason)
      }
    case .failure(let failure):
      failure.isRetryable || failure.kind == .cancelled
        ? .inconclusive(failure.message) : .unknown(failure.message)
    }
  }

  // MARK: - Looking

  private typealias Look = (sights: [PortSight], chains: [JSONValue.Member])

  private func proof(
    _ request: StepRequest
  ) async -> Result<(CertificateProof, [JSONValue.Member]), StepFailure> {
    let id = request.graph.id(of: request.step)
    let subject = StepSubject(of: request)
    guard let server = subject.server else {
      return .failure(
        StepFailure(.failed, "`\(id)` is about no server, so there is no port to look at."))
    }
    guard let wanted = await sources.wanted(request) else {
      return .failure(
        StepFailure(
          .failed,
          "Nobody knows which certificate \(server.name.value) is to present: the plan has no pin for it, "
            + "and its file was not examined.",
          help:
            "Write the certificate's `fingerprint` into the plan, or have `check-certificate` done again."
        ))
    }
    do {
      async let seenElsewhere = views(for: request)
      let look = try await look(at: server, since: request)
      let proof = CertificateProof(
        server: server.name.value, ports: server.ports, wanted: wanted,
        before: await sources.before(request), own: look.sights, views: await seenElsewhere)
      guard !Task.isCancelled else {
        return .failure(
          StepFailure(.cancelled, "The look was broken off because the run is being stopped."))
      }
      return .success((proof, look.chains.isEmpty ? [] : [.init("chains", .object(look.chains))]))
    } catch {
      return .failure(
        StepFailure(.failed, "This machine cannot look at TLS ports: \(error).", isRetryable: true))
    }
  }

  /// What Waltz sees itself, and what each certificate is, once for each.
  private func look(at server: Server, since request: StepRequest) async throws -> Look {
    let ports = server.ports.all
    let address = server.address.value
    let answers = try await probe.look(at: ports.map { .init(host: address, port: $0) })
    var chains: [JSONValue.Member] = []
    var sights: [PortSight] = []
    for (port, answer) in zip(ports, answers) {
      guard case .chain(let chain) = answer, let presented = PresentedChain(chain) else {
        sights.append(PortSight(port: port, .nothing(answer.reason ?? "no certificate")))
        continue
      }
      sights.append(PortSight(port: port, .leaf(presented.leaf)))
      let name = presented.leaf.description
      guard !chains.contains(where: { $0.name == name }) else { continue }
      let seconds = request.startedAt.milliseconds / 1_000
      chains.append(.init(name, presented.summary(address: address, at: seconds)))
    }
    return (sights, chains)
  }

  /// What is seen from elsewhere, in the order of the plan.
  private func views(for request: StepRequest) async -> [CertificateProof.View] {
    let viewpoints = request.graph.viewpoints(of: request.step)
    return await withTaskGroup(of: (Int, CertificateProof.View).self) { group in
      for (position, viewpoint) in viewpoints.enumerated() {
        group.addTask { (position, await commands.view(from: viewpoint, for: request)) }
      }
      var views = [CertificateProof.View?](repeating: nil, count: viewpoints.count)
      for await (position, view) in group { views[position] = view }
      return views.compactMap(\.self)
    }
  }
}
