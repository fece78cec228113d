import PlanModel
import PlanText

/// Numbers the certificates of an estate and knows their fingerprints: `sha256:…` where the plan pins one,
/// `simulated:…` where the estate makes one up, since it opens no file.
struct CertificateBook {
  private(set) var fingerprints: [String] = []
  private var numbers: [String: Int32] = [:]
  private let plan: RotationPlan
  private let chance: Chance

  init(plan: RotationPlan, chance: Chance) {
    self.plan = plan
    self.chance = chance
  }

  /// The fingerprint that the estate gives a certificate of the plan: the pinned one, else one that
  /// follows from the name.
  static func fingerprint(of name: String, in plan: RotationPlan) -> String {
    let source = plan.certificates.first { $0.name.value == name }
    if let pin = source?.fingerprint?.value { return "sha256:" + pin.hexadecimal }
    return madeUp(Chance.number(of: name))
  }

  /// A server as it stands at the start, with a certificate of its own making.
  mutating func server(
    _ server: Server, site: Int, index: Int, startedAt: Int64
  ) -> SimulatedServer {
    let old = number(of: Self.madeUp(chance.bits(.certificate, site, index)))
    let new = server.certificate.map { number(of: Self.fingerprint(of: $0.value, in: plan)) }
    let service = SimulatedServer.ServiceState(
      startedAt: startedAt - 30 * PresenceModel.dayLength, loaded: old)
    return SimulatedServer(
      name: server.name.value, address: server.address.value,
      version: server.version?.value, oldCertificate: old,
      newCertificate: new, certificateOnDisk: old, certificateInDatabase: old,
      services: Array(repeating: service, count: Service.allCases.count))
  }

  private static func madeUp(_ bits: UInt64) -> String {
    "simulated:" + Chance.hexadecimal(of: bits, words: 4)
  }

  private mutating func number(of fingerprint: String) -> Int32 {
    if let known = numbers[fingerprint] { return known }
    fingerprints.append(fingerprint)
    numbers[fingerprint] = Int32(fingerprints.count - 1)
    return Int32(fingerprints.count - 1)
  }
}
