/** Every person has a picture; its address never resolves. */
export const pictureUrl = (digits: string): string => `https://pictures.example/${digits}.jpg`;

/** `Contact` of the old SDK's types. */
export const contact = (digits: string, pushName: string | undefined) => ({
  id: `${digits}@c.us`,
  phoneNumber: `+${digits}`,
  name: pushName,
  pushName,
  profilePictureUrl: pictureUrl(digits),
});

export const picture = (digits: string) => ({
  url: pictureUrl(digits),
  format: "jpeg",
  size: 20_480,
  dimensions: { width: 640, height: 640 },
});
