// Asks the phone, the computer or the key that is plugged in to sign, and sends what it answers.
(async () => {
  "use strict";
  const form = document.querySelector("form[data-passkey]");
  if (!form) return;
  const status = form.querySelector("[role=status]");
  try {
    const asked = JSON.parse(form.dataset.options);
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.submit();
  } catch {
    status.textContent = status.dataset.failed;
  }
})();
