extension APIClient {
  /// The settings of a location.
  ///
  /// Fails with `notFound` where group or location is gone, and with `resourceAbsent` where both are there and this
  /// version of SEPM has no settings: a 404 alone says neither (`docs/SEPM.md`, "Errors").
  package func settings(
    of location: SEPMID, in group: SEPMID
  ) async throws(SEPMError) -> LocationSettings {
    let call = HTTPCall(
      "read the settings of location \(location) of the group \(group)", .get,
      "/groups/\(group)/locations/\(location)/settings")
    do throws(SEPMError) {
      let answer = try await send(call)
      do throws(MalformedAnswer) {
        return try LocationSettings(reading: answer.body)
      } catch {
        throw self.error(.malformed(error.words), in: call)
      }
    } catch {
      throw await exact(error, location: location, group: group, call: call)
    }
  }

  /// Sets whether clients verify their server, in one location: the one leaf, and nothing else of the document.
  ///
  /// An answer says that the call was taken and not that the effect is there: read back, and see that the group's
  /// policy date moved. Inheriting groups are not to be patched.
  package func setVerification(
    _ isOn: Bool, in location: SEPMID, of group: SEPMID
  ) async throws(SEPMError) {
    var call = HTTPCall(
      "switch verification \(isOn ? "on" : "off") in location \(location) of the group \(group)",
      .patch, "/groups/\(group)/locations/\(location)/settings")
    // {"configuration":{"general_settings":{"security_settings":{"secure_communications":true}}}}
    let path = LocationSettings.verification.split(separator: ".")
    call.body = Array(
      (path.map { "{\"\($0)\":" }.joined() + "\(isOn)"
        + String(repeating: "}", count: path.count)).utf8)
    do throws(SEPMError) {
      _ = try await send(call)
    } catch {
      throw await exact(error, location: location, group: group, call: call)
    }
  }

  /// What a 404 of the settings means: group, location and resource look alike in it.
  private func exact(
    _ error: SEPMError, location: SEPMID, group: SEPMID, call: HTTPCall
  ) async -> SEPMError {
    guard error.kind == .resourceAbsent else { return error }
    do throws(SEPMError) {
      _ = try await self.group(group)
    } catch {
      if case .notFound = error.kind {
        return self.error(.notFound("there is no such group"), in: call)
      }
      return error
    }
    do throws(SEPMError) {
      guard try await locations(of: group).contains(where: { $0.id == location }) else {
        return self.error(.notFound("the group has no such location"), in: call)
      }
      return error
    } catch {
      return error
    }
  }
}
