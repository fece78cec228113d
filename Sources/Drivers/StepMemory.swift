package import CanonicalJSON
package import RotationEngine

/// What the journal of a run holds of its steps, for the steps that go on from it: what was recorded before a change is
/// what is put back after it, and what a change looked like is what clients are held against.
package protocol StepMemory: Sendable {
  /// The evidence of a step's last success; nil where it has not succeeded.
  ///
  /// - Throws: What keeps the journal from being read
  func evidence(of step: Int) async throws -> Evidence?

  /// When an attempt at a step began first, by the run's clock; nil where none did.
  ///
  /// - Throws: As ``evidence(of:)``
  func firstAttempt(at step: Int) async throws -> Instant?

  /// The evidence of a wait's first count, which has the denominator; nil where nothing was counted.
  ///
  /// - Throws: As ``evidence(of:)``
  func firstCount(of wait: Int) async throws -> Evidence?

  /// The digests of the contacts that were recorded of a site, at a position in the plan, oldest first.
  ///
  /// - Throws: As ``evidence(of:)``
  func contacts(at site: Int) async throws -> [String]

  /// The digests of the absences and returns that were recorded of a site, at a position in the plan, oldest first.
  ///
  /// - Throws: As ``evidence(of:)``
  func returns(at site: Int) async throws -> [String]

  /// When the end of a wait was forecast last, by the run's clock; nil where it was not since the wait began.
  ///
  /// - Throws: As ``evidence(of:)``
  func lastForecast(of wait: Int) async throws -> Instant?

  /// The document that evidence refers to by this digest; nil where nothing does.
  ///
  /// - Throws: As ``evidence(of:)``, and where it is no JSON
  func attachment(_ digest: String) async throws -> JSONValue?

  /// What the newest other run on the same servers that recorded the settings of a site left changed there.
  ///
  /// - Parameter site: The site's name.
  /// - Returns: What it left; nil where there is no such run, or where it confirmed that it put everything back
  /// - Throws: What keeps the runs from being listed
  func earlierSettings(of site: String) async throws -> EarlierSettings?
}
